"""Sample entities: made by driving the services with a past clock, never by writing rows."""

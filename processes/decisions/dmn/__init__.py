"""DMN 1.1 to 1.5: decisions, models, services and types, read from XML and compiled."""

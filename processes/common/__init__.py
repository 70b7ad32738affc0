"""What every room of the office shares: settings, database, clock, errors, audit, outbox."""

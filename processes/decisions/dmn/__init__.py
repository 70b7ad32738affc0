"""DMN 1.3 to 1.5: decision tables and their requirements, read from XML and compiled."""

"""The petition: its rules, its tables, and what people and the clock do to it."""

"""The built-in functions, in small rooms by the kind that they serve."""

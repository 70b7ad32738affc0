"""Worked cases: a petition written as one row of text, and the date that the law gives it."""

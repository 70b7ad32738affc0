"""The words that FEEL reserves, and the properties that its own values have."""

KEYWORDS = frozenset(
    {
        "if",
        "then",
        "else",
        "for",
        "return",
        "some",
        "every",
        "satisfies",
        "in",
        "between",
        "and",
        "or",
        "instance",
        "function",
        "true",
        "false",
        "null",
    }
)
"""`of` and `external` are reserved only where they stand: after `instance`, after parameters."""

PROPERTIES = frozenset(
    {
        "year",
        "month",
        "day",
        "weekday",
        "hour",
        "minute",
        "second",
        "time offset",
        "timezone",
        "years",
        "months",
        "days",
        "hours",
        "minutes",
        "seconds",
        "start",
        "end",
        "start included",
        "end included",
        "key",
        "value",
    }
)
"""Properties of dates, times, durations and ranges (DMN 1.5, table 65), and of `get entries`."""

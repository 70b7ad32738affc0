"""The words that FEEL reserves, and those of DMN 1.5 that we do not run yet."""

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
        "external",
        "true",
        "false",
        "null",
    }
)

UNSUPPORTED_KEYWORDS = {
    "for": "for … return",
    "some": "some … satisfies",
    "every": "every … satisfies",
    "function": "function(…)",
    "external": "external",
    "instance": "instance of",
}
"""Keywords that begin a construct that we refuse, and how the refusal names it."""

UNSUPPORTED_FUNCTIONS = frozenset(
    {
        "after",
        "before",
        "coincides",
        "context",
        "context merge",
        "context put",
        "during",
        "finished by",
        "finishes",
        "get entries",
        "get or else",
        "get value",
        "includes",
        "is defined",
        "list replace",
        "matches",
        "median",
        "meets",
        "met by",
        "mode",
        "overlaps",
        "overlaps after",
        "overlaps before",
        "partition",
        "range",
        "replace",
        "sort",
        "split",
        "started by",
        "starts",
        "stddev",
    }
)
"""Functions of the specification that the catalogue lacks; they are refused by name."""

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
    }
)
"""Properties of dates, times, durations and ranges (DMN 1.5, table 65)."""

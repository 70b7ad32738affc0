"""How much one text, one value and one evaluation may be. Beyond them: an error, never a stall."""

MAX_TEXT_LENGTH = 20_000
MAX_DEPTH = 64
MAX_CALL_DEPTH = 700
MAX_STRING_LENGTH = 100_000
MAX_LIST_LENGTH = 10_000
MAX_WARNINGS = 50
MAX_DECISIONS = 500
MAX_IMPORTS = 20
MAX_FILE_TEXT = 200_000
MAX_FILE_CELLS = 20_000

# An operation is about half a microsecond on a modest machine, and a step may take 50 ms.
MAX_OPERATIONS = 100_000

"""Messages to people: their words (`messages`, `render`) and their way out (`send`).

This room knows nobody: it takes plain values, and tells in two exceptions whether trying again
helps.
"""

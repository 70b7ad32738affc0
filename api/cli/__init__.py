"""The `ventanilla` command: one way in for whoever installs, runs and looks after an office."""

import sys

from api.speech import in_words


def main() -> None:
    """Run the command line, and exit with its code."""
    # A name that the terminal cannot show must not end in a trace.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    with in_words():
        from api.cli.commands import run  # noqa: PLC0415 - importing may fail in words too (settings, folders)

        sys.exit(run())

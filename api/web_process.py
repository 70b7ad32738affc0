"""The web process: `python -m api.web_process`."""

import gc


def main() -> None:
    """Serve this installation until it is told to stop."""
    # While all is loaded nothing becomes garbage; the collector took a tenth of the time to the first page.
    gc.disable()
    from api.serving import serve  # noqa: PLC0415 - loaded with the collector at rest

    serve()


if __name__ == "__main__":
    main()

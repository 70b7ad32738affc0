"""Procedures to try the office with.

`SHORT` goes straight from filing to close, with one task for each role: what is tested with it does
not depend on how the entity words its own. The procedure of the product lies in `bpmn/`.
"""

from pathlib import Path

SHORT = Path(__file__).parent / "short"

"""Writes the frozen states of the version that `encode` writes now.

Run once, from the root of the project, when a version is new and before it is released:
`python -m tests.engine.codec.freeze`. What is written is never written again: each later release
reads it as it is.
"""

import base64
import json
from collections.abc import Callable
from pathlib import Path

from processes.engine.codec import VERSION, Codec
from tests.engine.codec import named_models as models
from tests.engine.codec.walks import Act, Case, SavedCase, definition_of, observed, parse

FROZEN = Path(__file__).parent / "frozen"

CASES: dict[str, tuple[Callable[[], str], list[Act], list[Act]]] = {
    "watch": (
        models.watch_that_arms_itself_again,
        [Act("fire"), Act("signal", name="term_changed")],
        [Act("fire"), Act("complete", data={"level": 2})],
    ),
    "join_in_a_loop": (
        models.fork_and_join_in_a_loop,
        [
            *(Act("complete", data={"again": 1}) for _ in range(3)),
            Act("complete", place=1, data={"kind": 1}),
        ],
        [Act("complete", data={"kind": 2, "level": 3}), Act("complete", data={"again": 0})],
    ),
    "subprocess": (
        models.subprocess_in_a_loop,
        [Act("complete", data={"again": 1})],
        [Act("complete", data={"again": 0, "level": 1})],
    ),
    "instances": (
        models.instances_side_by_side,
        [Act("complete", place=1, data={"level": 1})],
        [Act("complete", data={"kind": 2}), Act("complete", data={"level": 3})],
    ),
    "sequence_of_instances": (
        models.one_instance_after_another,
        [Act("complete") for _ in range(models.LIMIT - 2)],
        [Act("complete"), Act("complete", data={"level": 1})],
    ),
    "deadlines": (models.two_deadlines, [], [Act("fire", place=1), Act("complete")]),
    "hurried": (
        models.hurried_case,
        [Act("signal", name="hurry")],
        [Act("complete", data={"level": 1}), Act("complete", data={"level": 2})],
    ),
    "ends": (
        models.four_ways_to_one_end,
        [Act("complete", data={"level": 1, "kind": 1}), Act("complete", data={"level": 2})],
        [Act("complete", data={"other": 3}), Act("complete", data={"level": 4})],
    ),
}


def freeze(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, (model, before, after) in CASES.items():
        xml = model()
        codecs = (Codec(*parse(xml)), Codec(*parse(xml)))
        case = SavedCase(codecs)
        for act in before:
            act.do(case)
        frozen = {
            "diagram": xml,
            "state": base64.b64encode(case.codecs[0].encode(case.workflow)).decode(),
            "at_rest": observed(case.workflow),
            "acts": [act.__dict__ for act in after],
            "at_the_end": _end_of(Case(definition_of(codecs[0])), [*before, *after]),
        }
        text = json.dumps(frozen, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _end_of(case: Case, acts: list[Act]) -> dict[str, object]:
    """The end that a case comes to which was never saved."""
    for act in acts:
        act.do(case)
    return observed(case.workflow)


if __name__ == "__main__":
    freeze(FROZEN / f"v{VERSION}")

"""Small procedures drawn by a test, published in a furnished office."""

from collections.abc import Mapping, Sequence

import orjson

from processes.common.audit import SYSTEM
from processes.petitions.office import Office
from processes.petitions.publishing import publish_bundle
from tests.engine import drawing as draw

FACTS = {
    "kind": "string",
    "department": "string",
    "outcome": "string",
    "level": "number",
    "decision": "string",
    "many": "number",
}
"""Facts that the drawn procedures declare."""


def publish_drawn(
    office: Office,
    *nodes: str,
    flows: str,
    lane: str = draw.LANE,
    forms: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
    signals: Sequence[str] = (),
) -> None:
    """Publish one process; `forms` by their name, `signals` known as `S_<name>`."""
    declared = "".join(f'<bpmn:signal id="S_{name}" name="{name}"/>' for name in signals)
    process = draw.process(*nodes, flows=flows, name="petition", facts=FACTS, lane=lane)
    files = {"petition.bpmn": draw.diagram(process, declared=declared)}
    for name, components in (forms or {}).items():
        form = {"type": "default", "id": name, "schemaVersion": 18, "components": list(components)}
        files[f"forms/{name}.json"] = orjson.dumps(form)
    publish_bundle(office, files, published_by=SYSTEM)


def field(
    kind: str, key: str, to: str = "intent", *, target: Mapping[str, object] | None = None, **more: object
) -> dict[str, object]:
    """A field of a form whose value goes to `to`; `target` is what else its destination says."""
    return {
        "type": kind,
        "key": key,
        "label": f"Campo {key}",
        "ventanilla": {"to": to, **(target or {})},
        **more,
    }


def task(element: str, form: str = "") -> str:
    """A task for a person."""
    return draw.user(element, draw.form(f"forms/{form}.json") if form else "")


def caught(element: str, signal: str) -> str:
    """An event that waits for a signal."""
    return draw.catch(element, draw.event("signal", f"S_{signal}"))


def on_signal(element: str, host: str, signal: str) -> str:
    """A boundary event that interrupts `host` when the signal comes."""
    return draw.boundary(element, host, draw.event("signal", f"S_{signal}"))


def besides(element: str, signal: str, *nodes: str, flows: str) -> str:
    """An event subprocess that starts with the signal, beside all the rest."""
    begin = draw.start(f"{element}Begin", draw.event("signal", f"S_{signal}"), isInterrupting="false")
    return draw.subprocess(element, begin, *nodes, flows=flows, triggeredByEvent="true")

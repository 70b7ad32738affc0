"""The few diagrams that tests call by name."""

from tests.engine.codec.diagrams import Diagram, Process

LIMIT = 400
"""Turns that a repeated activity of these diagrams allows: more than any test takes."""


def _loop_around(diagram: Diagram, process: Process, first: str, last: str) -> str:
    """start, body, again while `again == 1`, end."""
    merge, split = process.add("exclusiveGateway"), process.add("exclusiveGateway")
    settle = process.add("scriptTask", "<bpmn:script>again = 0; turn = 0</bpmn:script>")
    count = process.add("scriptTask", "<bpmn:script>turn = turn + 1</bpmn:script>")
    process.chain(process.add("startEvent"), settle, merge, first)
    process.chain(last, count, split)
    process.flow(split, merge, "again == 1")
    process.flow(split, process.add("endEvent"), default=True)
    return diagram.xml()


def _main() -> tuple[Diagram, Process]:
    diagram = Diagram()
    return diagram, diagram.process("main")


def person_in_a_loop() -> str:
    diagram, process = _main()
    ask = process.add("userTask", prefix="ask")
    return _loop_around(diagram, process, ask, ask)


def _joined_in_a_loop(gateway: str) -> str:
    diagram, process = _main()
    fork, join = process.add(gateway, prefix="fork"), process.add(gateway, prefix="join")
    for way in ("draft", "review", "sign"):
        task = process.add("userTask", prefix=way)
        process.flow(fork, task, "turn != -1" * (gateway == "inclusiveGateway"))
        process.flow(task, join)
    after = process.add("scriptTask", "<bpmn:script>joined = turn</bpmn:script>", prefix="joined")
    process.flow(join, after, default=gateway == "inclusiveGateway")
    return _loop_around(diagram, process, fork, after)


def fork_and_join_in_a_loop() -> str:
    return _joined_in_a_loop("parallelGateway")


def inclusive_join_in_a_loop() -> str:
    return _joined_in_a_loop("inclusiveGateway")


def subprocess_in_a_loop() -> str:
    diagram, process = _main()
    activity = process.add("subProcess")
    inner = Process(activity, diagram)
    inner.chain(inner.add("startEvent"), inner.add("userTask"), inner.add("endEvent"))
    process.nodes[activity] = inner.body()
    return _loop_around(diagram, process, activity, activity)


def call_in_a_loop() -> str:
    diagram, process = _main()
    called = diagram.process("called")
    called.chain(called.add("startEvent"), called.add("userTask"), called.add("endEvent"))
    activity = process.add("callActivity", calledElement="called")
    return _loop_around(diagram, process, activity, activity)


def guarded_activity_in_a_loop() -> str:
    diagram, process = _main()
    activity, after = process.add("userTask"), process.add("exclusiveGateway")
    late = process.boundary(activity, diagram.timer())
    process.flow(activity, after)
    process.chain(late, process.add("userTask"), after)
    return _loop_around(diagram, process, activity, after)


def instances_in_a_loop() -> str:
    diagram, process = _main()
    activity = process.add("userTask", instances(2, sequential=False))
    return _loop_around(diagram, process, activity, activity)


def instances(times: int, *, sequential: bool) -> str:
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"<bpmn:loopCardinality>{times}</bpmn:loopCardinality>"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def repetition(times: int) -> str:
    return f'<bpmn:standardLoopCharacteristics loopMaximum="{times}"/>'


def _repeated(characteristics: str) -> str:
    diagram, process = _main()
    activity = process.add("userTask", characteristics)
    process.chain(process.add("startEvent"), activity, process.add("endEvent"))
    return diagram.xml()


def one_instance_after_another() -> str:
    return _repeated(instances(LIMIT, sequential=True))


def repeated_activity() -> str:
    return _repeated(repetition(LIMIT))


def instances_side_by_side() -> str:
    return _repeated(instances(3, sequential=False))


def watch_that_arms_itself_again() -> str:
    """A draft beside a watch: a timer or a changed term arms it again, the answer ends it."""
    diagram, process = _main()
    fork, join = process.add("parallelGateway"), process.add("parallelGateway")
    draft = process.add("userTask", prefix="draft")
    answered = process.add("intermediateThrowEvent", diagram.signal("answered"))
    settle = process.add("scriptTask", "<bpmn:script>n = 0</bpmn:script>")
    process.chain(process.add("startEvent"), settle, fork, draft, answered, join)
    process.flow(join, process.add("endEvent"))
    arm = process.add("scriptTask", "<bpmn:script>n = n + 1</bpmn:script>")
    wait, again = process.add("eventBasedGateway"), process.add("exclusiveGateway")
    due = process.add("intermediateCatchEvent", diagram.timer(), prefix="due")
    changed = process.add("intermediateCatchEvent", diagram.signal("term_changed"))
    over = process.add("intermediateCatchEvent", diagram.signal("answered"))
    process.chain(fork, arm, wait, due, again, arm)
    process.chain(wait, changed, again)
    process.chain(wait, over, join)
    return diagram.xml()


def four_ways_that_join() -> str:
    diagram, process = _main()
    fork, join = process.add("parallelGateway"), process.add("parallelGateway")
    process.flow(process.add("startEvent"), fork)
    for way in ("one", "two", "three", "four"):
        process.chain(fork, process.add("userTask", prefix=way), join)
    process.flow(join, process.add("endEvent"))
    return diagram.xml()


def four_ways_to_one_end() -> str:
    """Each answer goes to the same end event on its own."""
    diagram, process = _main()
    fork, merge = process.add("parallelGateway"), process.add("exclusiveGateway")
    process.flow(process.add("startEvent"), fork)
    for way in ("one", "two", "three", "four"):
        process.chain(fork, process.add("userTask", prefix=way), merge)
    process.chain(merge, process.add("endEvent"))
    return diagram.xml()


def inclusive_join_far_from_its_fork() -> str:
    """One way leads straight to the join, one over a subprocess and a script."""
    diagram, process = _main()
    fork, join = process.add("inclusiveGateway"), process.add("inclusiveGateway")
    process.flow(process.add("startEvent"), fork)
    process.flow(fork, join, "1 == 1")
    activity = process.add("subProcess")
    inner = Process(activity, diagram)
    inner.chain(inner.add("startEvent"), inner.add("userTask", prefix="far"), inner.add("endEvent"))
    process.nodes[activity] = inner.body()
    process.flow(fork, activity, "2 == 2")
    process.chain(activity, process.add("scriptTask", "<bpmn:script>n = 1</bpmn:script>"), join)
    after = process.add("userTask", prefix="after")
    process.flow(join, after, default=True)
    process.flow(after, process.add("endEvent"))
    return diagram.xml()


def two_deadlines() -> str:
    """Two boundary timers that interrupt one activity, each with its own way."""
    diagram, process = _main()
    activity = process.add("userTask", prefix="work")
    process.chain(process.add("startEvent"), activity, process.add("endEvent"))
    for way in ("first", "second"):
        event = process.boundary(activity, diagram.timer())
        process.chain(event, process.add("userTask", prefix=way), process.add("endEvent"))
    return diagram.xml()


def interrupted_instances() -> str:
    """Three subprocesses side by side, each waiting for a signal, and a deadline for all."""
    diagram, process = _main()
    activity = process.add("subProcess")
    inner = Process(activity, diagram)
    waits = inner.add("intermediateCatchEvent", diagram.signal("answered"))
    inner.chain(inner.add("startEvent"), waits, inner.add("endEvent"))
    process.nodes[activity] = inner.body() + instances(3, sequential=False)
    late = process.boundary(activity, diagram.timer())
    process.chain(process.add("startEvent"), activity, process.add("endEvent"))
    process.chain(late, process.add("userTask", prefix="late"), process.add("endEvent"))
    return diagram.xml()


def hurried_case() -> str:
    """A person's task, and an event subprocess that a signal starts."""
    diagram, process = _main()
    process.chain(process.add("startEvent"), process.add("userTask", prefix="work"), process.add("endEvent"))
    activity = process.add("subProcess", triggeredByEvent="true")
    inner = Process(activity, diagram)
    start = inner.add("startEvent", diagram.signal("hurry"), isInterrupting="false")
    inner.chain(start, inner.add("userTask", prefix="hurried"), inner.add("endEvent"))
    process.nodes[activity] = inner.body()
    return diagram.xml()


def event_subprocess_inside_a_subprocess() -> str:
    diagram, process = _main()
    outer = process.add("subProcess")
    inner = Process(outer, diagram)
    inner.chain(inner.add("startEvent"), inner.add("userTask"), inner.add("endEvent"))
    nested = inner.add("subProcess", triggeredByEvent="true", prefix="nested")
    innermost = Process(nested, diagram)
    start = innermost.add("startEvent", diagram.signal("hurry"))
    innermost.chain(start, innermost.add("endEvent"))
    inner.nodes[nested] = innermost.body()
    process.nodes[outer] = inner.body()
    process.chain(process.add("startEvent"), outer, process.add("endEvent"))
    return diagram.xml()


def event_subprocess_with_a_timer() -> str:
    diagram, process = _main()
    process.chain(process.add("startEvent"), process.add("userTask"), process.add("endEvent"))
    activity = process.add("subProcess", triggeredByEvent="true", prefix="timed")
    inner = Process(activity, diagram)
    inner.chain(inner.add("startEvent", diagram.timer()), inner.add("endEvent"))
    process.nodes[activity] = inner.body()
    return diagram.xml()


def join_that_waits_for_itself() -> str:
    """A parallel gateway that heads a loop: the way back leaves only from it."""
    diagram, process = _main()
    head = process.add("parallelGateway", prefix="head")
    ask, split = process.add("userTask"), process.add("exclusiveGateway")
    process.chain(process.add("startEvent"), head, ask, split)
    process.flow(split, head, "again == 1")
    process.flow(split, process.add("endEvent"), default=True)
    return diagram.xml()


def two_flows_from_one_element() -> str:
    diagram, process = _main()
    fork, join = process.add("parallelGateway"), process.add("parallelGateway", prefix="join")
    process.chain(process.add("startEvent"), fork, join)
    process.flow(fork, join)
    process.flow(join, process.add("endEvent"))
    return diagram.xml()

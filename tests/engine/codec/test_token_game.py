"""Joins against a token game of our own, which shares nothing with the engine but the drawing.

Each random net has a start, splits and joins of both kinds with every path kept, and people in
between. The oracle moves tokens on sequence flows as BPMN 2.0.2 chapter 13 words it; the case goes
through the codec at every act. After each act the people who have something to do must be the same.
"""

import random
from collections import Counter
from dataclasses import dataclass, field

from processes.engine.codec import Codec
from tests.engine.codec.diagrams import Diagram
from tests.engine.codec.walks import Case, SavedCase, definition_of, manual_tasks, parse

NETS = range(80)
Flow = tuple[str, str]


@dataclass
class Net:
    """A drawing: what kind each node is, and the flows between them."""

    kinds: dict[str, str]
    flows: list[Flow]
    xml: str

    def into(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows if flow[1] == node]

    def out_of(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows if flow[0] == node]


@dataclass
class TokenGame:
    """Tokens on flows, and people at work; everything else moves at once."""

    net: Net
    tokens: Counter[Flow] = field(default_factory=Counter)
    working: Counter[str] = field(default_factory=Counter)

    def leave(self, node: str) -> None:
        """Put a token on each flow out of `node` and let everything run."""
        self.tokens.update(self.net.out_of(node))
        while any(self._move(node) for node in self.net.kinds):
            pass

    def _move(self, node: str) -> bool:
        marked = [flow for flow in self.net.into(node) if self.tokens[flow]]
        if not marked or not self._fires(node, marked):
            return False
        taken = marked if self.net.kinds[node] in ("parallelGateway", "inclusiveGateway") else marked[:1]
        self.tokens.subtract(taken)
        if self.net.kinds[node] == "userTask":
            self.working[node] += 1
        else:
            self.tokens.update(self.net.out_of(node))
        return True

    def _fires(self, node: str, marked: list[Flow]) -> bool:
        if self.net.kinds[node] == "parallelGateway":
            return len(marked) == len(self.net.into(node))
        if self.net.kinds[node] == "inclusiveGateway":
            empty = {flow for flow in self.net.into(node) if flow not in marked}
            places = [flow for flow in self.tokens if self.tokens[flow] and flow not in marked]
            places += [flow for task in +self.working for flow in self.net.out_of(task)]
            return not any(
                (ways := self._inputs_reached(flow, node)) & empty and not ways & set(marked)
                for flow in places
            )
        return True

    def _inputs_reached(self, flow: Flow, gateway: str) -> set[Flow]:
        """The flows into `gateway` that a token on `flow` may still take without passing it."""
        seen = {flow}
        pending = [flow]
        while pending:
            target = pending.pop()[1]
            new = [] if target == gateway else [way for way in self.net.out_of(target) if way not in seen]
            seen.update(new)
            pending.extend(new)
        return {way for way in seen if way[1] == gateway}


def _random_net(seed: int) -> Net:
    """Layers of nodes, each fed by one or more of the layers before it; several merge without a join."""
    chance = random.Random(seed)
    diagram = Diagram()
    process = diagram.process("main")
    kinds: dict[str, str] = {}

    def add(kind: str) -> str:
        name = process.add(kind)
        kinds[name] = kind
        return name

    open_ends = [add("startEvent")]
    for _ in range(chance.randint(3, 7)):
        shape = chance.choice(("split", "split", "join", "join", "merge"))
        if shape == "split" and len(open_ends) < 6:
            source = open_ends.pop(chance.randrange(len(open_ends)))
            fork = add("parallelGateway")
            people = [add("userTask") for _ in range(chance.randint(2, 3))]
            process.flow(source, fork)
            for person in people:
                process.flow(fork, person)
            open_ends += people
        elif len(open_ends) > 1:
            chance.shuffle(open_ends)
            many = chance.randint(2, len(open_ends))
            kind = (
                "exclusiveGateway"
                if shape == "merge"
                else chance.choice(("parallelGateway", "inclusiveGateway"))
            )
            gateway, person = add(kind), add("userTask")
            for source in open_ends[:many]:
                process.flow(source, gateway)
            process.flow(gateway, person, default=kind == "inclusiveGateway")
            open_ends = [*open_ends[many:], person]
    for source in open_ends:
        process.flow(source, add("endEvent"))
    flows = [(source, target) for _, source, target, _ in process.flows]
    return Net(kinds, flows, diagram.xml())


def _play(seed: int) -> int:
    """Complete the people's tasks at random until none is left; the number of acts."""
    net = _random_net(seed)
    chance = random.Random(seed)
    game = TokenGame(net)
    game.leave(next(node for node, kind in net.kinds.items() if kind == "startEvent"))
    codecs = (Codec(*parse(net.xml)), Codec(*parse(net.xml)))
    cases = (SavedCase(codecs), Case(definition_of(codecs[0])))
    acts = 0
    while True:
        for case in cases:
            open_now = Counter(task.task_spec.name for task in manual_tasks(case.workflow))
            assert open_now == +game.working, f"net {seed} after {acts} acts"
        people = sorted(+game.working)
        if not people:
            assert cases[0].workflow.is_completed() == (not +game.tokens), f"net {seed} at its end"
            return acts
        person = chance.choice(people)
        game.working[person] -= 1
        game.leave(person)
        for case in cases:
            next(task for task in manual_tasks(case.workflow) if task.task_spec.name == person).run()
            case.run_to_rest()
        acts += 1


def test_joins_agree_with_an_independent_token_game() -> None:
    assert sum(_play(seed) for seed in NETS) > 350

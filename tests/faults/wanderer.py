"""A walk through the office without a plan: whoever may do something, does it, well or badly, at any moment.

A refusal in the office's own words is no fault; anything else that is raised is. After each act every
invariant must hold of every petition, and nobody may be left without somebody to do their task.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from processes.common.errors import Conflict, Forbidden, Invalid, NotFound, OfficeError
from processes.directory.people import Person
from processes.engine.forms import inputs
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.citizen_adding import add_for_citizen, add_to_petition
from processes.petitions.danger import acknowledge_danger, declare_danger
from processes.petitions.desk import file_at_desk
from processes.petitions.excluding import declare_conflict, lift_exclusion, name_complained_of
from processes.petitions.idempotency import FilingReceipt
from processes.petitions.inbox import WorkItemDetail, read_work_item
from processes.petitions.incidents import open_incidents, retry_incident
from processes.petitions.invariants import violations
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_citizen import CITIZEN_ACTS, record_citizen_act
from processes.petitions.legal_file import read_legal_file
from processes.petitions.live_options import Choices
from processes.petitions.matters import NewMatter, register_matters
from processes.petitions.office import Office
from processes.petitions.proposals import approve_proposal, decline_proposal, propose_reclassification
from processes.petitions.returned_notices import record_returned_notices
from processes.petitions.returning import return_assignment
from processes.petitions.standing_in import designate_stand_in
from processes.petitions.status import ENDED
from processes.petitions.surveys import answer_survey, replies_in
from processes.petitions.tables import CASE_STATES, PETITIONS, WORK_ITEMS, WorkItemStatus
from processes.petitions.voiding import void_petition
from processes.petitions.work import claim, complete, release, save_draft
from processes.reports.warnings import warn_of_the_day
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, TermUnit
from tests.builders.answers import deliver
from tests.builders.level_three import LAWYER, PLANNER, hire
from tests.builders.office import CLERK, DEPARTMENT_HEAD, EVERYBODY, SERVICE_HEAD, HandClock
from tests.builders.petitions import ROSA

Thing = TypeVar("Thing")
MAX_STATE_BYTES = 2_000
ROSAS_MAIL = ROSA["email"]
SECOND_HEAD = replace(SERVICE_HEAD, username="berta", full_name="Berta Solís")
SECOND_CLERK = replace(CLERK, username="olga", full_name="Olga Lara")
TREASURER = replace(DEPARTMENT_HEAD, username="hilda", full_name="Hilda Mora", department="HAC")
HEAD_PLANNER = replace(DEPARTMENT_HEAD, username="petra", full_name="Petra Gil", department="PLA")
NEWCOMERS = (SECOND_HEAD, SECOND_CLERK, TREASURER, HEAD_PLANNER)
WORKERS = (*EVERYBODY, LAWYER, PLANNER, *NEWCOMERS)
WORDS = "Frente a la casa, según consta en la visita que se hizo el lunes."
NASTY = (
    "",
    "   ",
    "x",
    "\u202e\u200b" * 20,
    "Fin\x00al",
    "<script>alert(1)</script> & 'comillas' {{ 7 * 7 }} %s {0}",
    "ñ" * 30_000,
    "2026-13-45",
    "999999999999999999",
    "-1",
)
SOMETHING_ODD: tuple[object, ...] = (
    None,
    True,
    7,
    1.5,
    [],
    ["INF"],
    ["nadie", "nadie"],
    {"a": 1},
    float("nan"),
    10**40,
)


def furnish_for_wanderers(office: Office) -> None:
    """More people than the smallest office has, so that somebody is left to do what others may not."""
    hire(office, LAWYER)
    hire(office, PLANNER, "Secretaría de Planeación")
    for person in NEWCOMERS:
        hire(office, person)


@dataclass
class Wanderer:
    """Does one thing after another, as its dice fall; remembers what it did, to tell how a fault came."""

    office: Office
    clock: HandClock
    dice: random.Random
    receipts: list[FilingReceipt] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def walk(self, acts: int) -> None:
        """Do so many things. Raises AssertionError, with the story, at the first thing out of order."""
        for _ in range(acts):
            if len(self._still_open()) < 2:
                self._do(self._file)
            names, weights = zip(*_WEIGHTS.items(), strict=True)
            (name,) = self.dice.choices(names, weights)
            self._do(getattr(self, name))

    def finish(self, acts: int) -> list[str]:
        """From now on people do what they should, and time passes; the petitions that do not end by it.

        One that has an incident is not among them: it waits for somebody who is told what to do.
        """
        for _ in range(acts):
            if not self._forgotten():
                break
            self._do(self._complete_well)
            if self.dice.random() < 0.3:
                self._do(self._pass_time)
        return self._forgotten()

    @property
    def tale(self) -> str:
        """The last that was done, to tell how a fault came."""
        return "\n".join(self.story[-60:])

    # ------------------------------------------------------------------------------------------------ order

    def _do(self, act: Callable[[], str]) -> None:
        name = act.__name__.strip("_")
        self.story.append(f"{self.clock.now():%d/%m %H:%M} {name}")
        try:
            told = act()
        except OfficeError as refusal:
            self.counts[f"{name}: no"] += 1
            fields = refusal.fields if isinstance(refusal, Invalid) else ""
            self.story[-1] += f" no: {type(refusal).__name__} {refusal.message[:200]} {fields}"
        except Exception as fault:
            raise AssertionError(f"{self.tale}\n{fault!r}") from fault
        else:
            self.counts[name] += 1
            self.story[-1] += f" {told}"
        problems = [*violations(self.office), *self._beyond_the_invariants()]
        assert not problems, "\n".join([self.tale, *problems])

    def _beyond_the_invariants(self) -> list[str]:
        with self.office.read() as connection:
            longest = connection.scalar(sa.select(sa.func.max(sa.func.length(CASE_STATES.c.state)))) or 0
        return [f"un estado mide {longest} bytes"] if longest > MAX_STATE_BYTES else []

    def _forgotten(self) -> list[str]:
        told = {incident.filing_number for incident in open_incidents(self.office)}
        return [number for number in self._still_open() if number not in told]

    def _still_open(self) -> list[str]:
        query = sa.select(PETITIONS.c.filing_number).where(
            PETITIONS.c.status.not_in([each.value for each in ENDED])
        )
        with self.office.read() as connection:
            return list(connection.scalars(query))

    # --------------------------------------------------------------------------------------------- citizens

    def _file(self) -> str:
        form = dict(ROSA)
        form["kind"] = self._one_of(tuple(PetitionKind)[:9]).value
        form["channel"] = self._one_of(("desk", "letter", "phone", "verbal", "fair", "email"))
        form["reply_by"] = self._one_of(("email", "letter", "email"))
        form["address"] = "Calle 5 # 4-21"
        if self.dice.random() < 0.2:
            form = {key: form[key] for key in ("kind", "subject", "body", "channel")}
            form["anonymous"] = "true"
        if self.dice.random() < 0.2:
            form |= {"email": "", "reply_by": ""}
        if self.dice.random() < 0.1:
            form["urgent"] = "true"
        if self.dice.random() < 0.1:
            form["nature"] = self._one_of(("judicial_notice", "invoice", "other"))
        receipt = file_at_desk(self.office, CLERK, form)
        self.receipts.append(receipt)
        return receipt.filing_number

    def _citizen_acts(self) -> str:
        receipt, kind = self._receipt(), self._one_of(tuple(CITIZEN_ACTS))
        record_citizen_act(
            self.office, receipt.filing_number, receipt.tracking_code, kind=kind, text=self._words()
        )
        return f"{receipt.filing_number} {kind.value}"

    def _citizen_adds(self) -> str:
        receipt = self._receipt()
        if self.dice.random() < 0.5:
            add_for_citizen(self.office, self._somebody(), receipt.filing_number, text=self._words())
        else:
            add_to_petition(self.office, receipt.filing_number, receipt.tracking_code, text=self._words())
        return receipt.filing_number

    def _survey(self) -> str:
        receipt = self._receipt()
        replies = replies_in({"solved": self._one_of(("yes", "partly", "no")), "comment": self._words()})
        answer_survey(self.office, receipt.filing_number, receipt.tracking_code, replies)
        return receipt.filing_number

    # ------------------------------------------------------------------------------------------------- time

    def _pass_time(self) -> str:
        passed = self._one_of(
            (
                timedelta(minutes=20),
                timedelta(hours=5),
                timedelta(days=1),
                timedelta(days=4),
                timedelta(days=12),
                timedelta(days=33),
            )
        )
        self.clock.at += passed
        fired = advance_due_alerts(self.office)
        self._deliver()
        return f"{passed} {fired}"

    def _deliver(self) -> str:
        unknown = (ROSAS_MAIL,) if self.dice.random() < 0.3 else ()
        deliver(self.office, *unknown)
        record_returned_notices(self.office)
        warn_of_the_day(self.office)
        return "vuelve" if unknown else "llega"

    # ------------------------------------------------------------------------------------------------ tasks

    def _complete_somehow(self) -> str:
        return self._complete(well=False)

    def _complete_well(self) -> str:
        return self._complete(well=True)

    def _complete(self, *, well: bool) -> str:
        number, task, element = self._open_task()
        for person in self.dice.sample(WORKERS, len(WORKERS)):
            try:
                detail = read_work_item(self.office, person, number, task)
                if detail.view.assignee not in (None, person.username):
                    continue
                claim(self.office, person, number, task)
            except (Forbidden, NotFound):
                continue
            values = self._filled_in(detail, well=well)
            self.story[-1] += f" {number} {element} {person.username} {str(values)[:160]}"
            complete(self.office, person, number, task, values)
            return ""
        raise Conflict(f"nadie puede hacer {number} {element}")

    def _touch_task(self) -> str:
        number, task, element = self._open_task()
        person = self._somebody()
        act = self._one_of((claim, release))
        act(self.office, person, number, task)
        save_draft(self.office, person, number, task, {"work_next": self._words()})
        return f"{number} {element} {person.username} {act.__name__}"

    def _complete_again(self) -> str:
        """The back button: the form of a task that was done, or never was."""
        query = (
            sa.select(PETITIONS.c.filing_number, WORK_ITEMS.c.task)
            .join(PETITIONS, PETITIONS.c.id == WORK_ITEMS.c.petition_id)
            .where(WORK_ITEMS.c.status != WorkItemStatus.OPEN.value)
        )
        with self.office.read() as connection:
            rows = connection.execute(query.order_by(WORK_ITEMS.c.petition_id, WORK_ITEMS.c.task)).all()
        if not rows:
            raise NotFound("nada se ha completado")
        number, task = self._one_of(rows)
        complete(self.office, self._somebody(), number, task, {"nature": "petition"})
        raise AssertionError(f"{number}/{task} se completó dos veces")

    def _filled_in(self, detail: WorkItemDetail, *, well: bool) -> dict[str, object]:
        if detail.form is None:
            return {}
        values: dict[str, object] = {}
        for component in inputs(detail.form):
            kept = self._value(component, detail.options)
            if kept is not None and (well or self.dice.random() < 0.95):
                values[component["key"]] = kept
        if well:
            return values | self._wishes(detail.form, values)
        if values and self.dice.random() < 0.12:
            values[self._one_of(list(values))] = self._one_of((*NASTY, *SOMETHING_ODD))
        return values

    def _wishes(self, form: Mapping[str, Any], values: Mapping[str, object]) -> dict[str, object]:
        """What leads on, of what the fields of the form may hold."""
        wishes = {key: wish for key, wish in _WISHES.items() if key in values}
        if form["id"] in {"answer_at_once", "answer_at_point"}:
            wishes["work_next"] = "answer"
        if "review" in wishes and self.dice.random() < 0.2:
            # Some drafts cannot be approved: to deny, once the term has passed, what the law then grants.
            wishes["review"] = "return"
        return wishes

    def _value(self, component: Mapping[str, Any], offered: Mapping[str, Choices]) -> object:
        options = (
            [value for value, _ in offered[component["optionsFrom"]]]
            if "optionsFrom" in component
            else [option["value"] for option in component.get("values", ())]
        )
        match component["type"]:
            case "radio" | "select":
                return self._one_of(options) if options else None
            case "checklist":
                return self.dice.sample(options, min(len(options), self.dice.randint(0, 3)))
            case "checkbox":
                return self.dice.random() < 0.2
            case "number":
                return self.dice.randint(1, 15)
            case "filepicker" | "datetime":
                return None
            case _:
                return _TEXTS.get(component["key"], WORDS)

    # ------------------------------------------------------------------------------------------- from pages

    def _legal_act(self) -> str:
        number, person = self._number(), self._somebody()
        permitted = [each.kind for each in read_legal_file(self.office, person, number).choices]
        kind = self._one_of(permitted if permitted and self.dice.random() < 0.9 else tuple(LegalEventKind))
        record_legal_act(self.office, person, number, self._act_of(kind))
        return f"{number} {kind.value} {person.username}"

    def _continue_ex_officio(self) -> str:
        number = self._number()
        act = self._act_of(LegalEventKind.CONTINUED_EX_OFFICIO)
        record_legal_act(self.office, LAWYER, number, act)
        return number

    def _act_of(self, kind: LegalEventKind) -> LegalAct:
        happened = (
            None if self.dice.random() < 0.7 else self.clock.now() - timedelta(hours=self.dice.randint(1, 90))
        )
        length = Length(self.dice.randint(1, 40), self._one_of((TermUnit.WORKING_DAYS, TermUnit.HOURS)))
        return LegalAct(
            kind=kind,
            happened_at=happened,
            reason=self._words(),
            act_number="Resolución 7 de 2026",
            matters=frozenset(self._one_of(((), (), (1,), (2,), (1, 2), (9,)))),
            length=length if self.dice.random() < 0.6 else None,
            new_kind=self._one_of(tuple(PetitionKind)),
            of=self._one_of((None, *tuple(LegalEventKind))),
            authority="Gobernación del Huila",
            department=self._one_of((None, "INF", "HAC", "PLA", "NADA")),
        )

    def _matters(self) -> str:
        number = self._number()
        kinds = [self._one_of(tuple(PetitionKind)[:9]) for _ in range(self.dice.randint(1, 3))]
        register_matters(self.office, self._somebody(), number, [NewMatter(kind, WORDS) for kind in kinds])
        return f"{number} {kinds}"

    def _void(self) -> str:
        number = self._number()
        void_petition(self.office, self._somebody(), number, reason=self._words())
        return number

    def _give_back(self) -> str:
        number, person = self._number(), self._somebody()
        return_assignment(self.office, person, number, reason=self._words())
        return f"{number} {person.username}"

    def _conflict(self) -> str:
        number, person = self._number(), self._somebody()
        declare_conflict(self.office, person, number, reason=self._words())
        return f"{number} {person.username}"

    def _complained_of(self) -> str:
        number, other = self._number(), self._somebody()
        name_complained_of(
            self.office, self._somebody(), number, username=other.username, reason=self._words()
        )
        return f"{number} {other.username}"

    def _lift(self) -> str:
        number, other = self._number(), self._somebody()
        lift_exclusion(self.office, self._somebody(), number, username=other.username, reason=self._words())
        return f"{number} {other.username}"

    def _stand_in(self) -> str:
        number, other, instead = self._number(), self._somebody(), self._somebody()
        designate_stand_in(
            self.office, self._somebody(), number, username=other.username, instead_of=instead.username
        )
        return f"{number} {other.username} {instead.username}"

    def _danger(self) -> str:
        number, person = self._number(), self._somebody()
        if self.dice.random() < 0.5:
            declare_danger(self.office, person, number, reason=self._words())
        else:
            acknowledge_danger(self.office, person, number, note=self._words())
        return f"{number} {person.username}"

    def _propose(self) -> str:
        number = self._number()
        act = self._act_of(LegalEventKind.RECLASSIFIED)
        propose_reclassification(self.office, self._somebody(), number, act)
        if self.dice.random() < 0.5:
            approve_proposal(self.office, SERVICE_HEAD, number)
        else:
            decline_proposal(self.office, SERVICE_HEAD, number, reason=WORDS)
        return number

    def _retry(self) -> str:
        for incident in open_incidents(self.office):
            retry_incident(self.office, SERVICE_HEAD, incident.filing_number, incident.task)
        return ""

    # ------------------------------------------------------------------------------------------------- dice

    def _one_of(self, things: Sequence[Thing]) -> Thing:
        return things[self.dice.randrange(len(things))]

    def _somebody(self) -> Person:
        person: Person = self._one_of(WORKERS)
        return person

    def _words(self) -> str:
        return WORDS if self.dice.random() < 0.9 else self._one_of(NASTY)

    def _receipt(self) -> FilingReceipt:
        receipt: FilingReceipt = self._one_of(self.receipts[-3:])
        return receipt

    def _number(self) -> str:
        return self._receipt().filing_number

    def _open_task(self) -> tuple[str, int, str]:
        query = (
            sa.select(PETITIONS.c.filing_number, WORK_ITEMS.c.task, WORK_ITEMS.c.element)
            .join(PETITIONS, PETITIONS.c.id == WORK_ITEMS.c.petition_id)
            .where(WORK_ITEMS.c.status == WorkItemStatus.OPEN.value)
            .order_by(WORK_ITEMS.c.petition_id, WORK_ITEMS.c.task)
        )
        with self.office.read() as connection:
            rows = connection.execute(query).all()
        if not rows:
            raise NotFound("nada está abierto")
        number, task, element = self._one_of(rows)
        return number, task, element


_TEXTS = {"new_email": ROSAS_MAIL, "earlier_filing": "2026-PQR-000001", "act_number": "Resolución 9 de 2026"}
_WISHES: Mapping[str, object] = {
    "nature": "petition",
    "closing": "close",
    "review": "approve",
    "signatories": [],
    "signature_refused": False,
    "work_next": "review",
    "delivery": "delivered",
    "admission": "ours",
    "rejection": "proceed",
    "repetition": "proceed",
    "complained_of": None,
}
_WEIGHTS: Mapping[str, float] = {
    "_file": 1.0,
    "_complete_somehow": 22,
    "_touch_task": 3,
    "_complete_again": 1,
    "_citizen_acts": 2,
    "_citizen_adds": 1,
    "_survey": 1,
    "_pass_time": 4,
    "_deliver": 2,
    "_legal_act": 5,
    "_continue_ex_officio": 1,
    "_matters": 0.7,
    "_void": 0.3,
    "_give_back": 1,
    "_conflict": 0.6,
    "_complained_of": 0.5,
    "_lift": 1,
    "_stand_in": 0.7,
    "_danger": 1,
    "_propose": 0.7,
    "_retry": 0.3,
}

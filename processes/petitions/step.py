"""One step of a case while it is made: what the intents and the services fill, before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.audit import SYSTEM, Act, Actor
from processes.common.outbox import Envelope
from processes.common.writer import Writer
from processes.directory.entity import EntityProfile
from processes.directory.people import Person, departments
from processes.directory.phonebook import Phonebook
from processes.directory.roles import Lane
from processes.engine.fields import ColumnValue
from processes.engine.model import Fact, Incident
from processes.petitions.case import Case
from processes.petitions.form import NewPetition, StoredFile
from processes.petitions.note_tables import Relation
from processes.petitions.notes import NoteText
from processes.petitions.status import PetitionStatus, TermState, move
from processes.petitions.waiting import CASE_AS_A_WHOLE, AlertPlan, RunningTerm
from processes.petitions.work_items import NO_TASK
from processes.terms.kinds import PetitionKind
from processes.terms.reckoning import Reckoning


@dataclass(slots=True)
class Step:
    """What one step will write. Intents fill it; `write_step` writes it at once.

    `values` are the fields of the task's form that go to the intents, `notes` those that are kept as notes,
    `task` the task that is completed (0 when the clock or the office advances) and `facts` those of the case
    once it came to rest, with `opened_forms`, those of the tasks that are open then. `deals` gives the tasks
    that a repeated activity opens in this step to departments or people. `answer` is the row of the answer
    that leaves now, `reckoning` the legal clock after an act of this step. What must be written after the
    petition's guarded row is put in `later`.

    `writer` takes what no step reads again; None is the connection itself, at once. `phonebook` is that of
    the transaction, where it has many steps. `apart` are the user names that this step keeps apart from the
    petition: nothing that it still writes tells them.
    """

    connection: sa.Connection
    case: Case
    entity: EntityProfile
    public_url: str
    actor: Actor
    now: datetime
    changes: dict[str, object] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    plans: dict[str, AlertPlan] = field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    signer: Person | None = None
    sealed_email: str | None = None
    troubles: list[Incident] = field(default_factory=list)
    values: Mapping[str, ColumnValue] = field(default_factory=dict)
    notes: list[NoteText] = field(default_factory=list)
    task: int = NO_TASK
    facts: Mapping[str, Fact] = field(default_factory=dict)
    opened_forms: frozenset[str] = frozenset()
    deals: dict[Lane, Sequence[str]] = field(default_factory=dict)
    reckoning: Reckoning | None = None
    later: list[Callable[[], object]] = field(default_factory=list)
    answer: Mapping[str, object] | None = None
    to_file: list[tuple[NewPetition, Relation]] = field(default_factory=list)
    state_before_end: bytes | None = None
    carried: int = 0
    writer: Writer | None = None
    phonebook: Phonebook | None = None
    apart: set[str] = field(default_factory=set)
    _department_names: dict[str, str] | None = None

    @property
    def kind(self) -> PetitionKind:
        """The petition's kind once this step is written."""
        return PetitionKind(str(self.changes.get("kind", self.case.kind)))

    @property
    def due_on(self) -> date:
        """The petition's due date once this step is written."""
        due_on = self.changes.get("due_on", self.case.due_on)
        if not isinstance(due_on, date):
            raise TypeError(due_on)
        return due_on

    @property
    def due_at(self) -> datetime | None:
        """The instant of the due date once this step is written, where the law counts hours."""
        due_at = self.changes.get("due_at", self.case.due_at)
        return due_at if isinstance(due_at, datetime) else None

    @property
    def status(self) -> PetitionStatus:
        """The petition's state once this step is written."""
        return PetitionStatus(str(self.changes.get("status", self.case.status)))

    @property
    def term_state(self) -> TermState:
        """How the petition's term runs once this step is written."""
        return TermState(str(self.changes.get("term_state", self.case.term_state)))

    @property
    def term(self) -> RunningTerm:
        """The petition's term once this step is written, for the alerts that hang from it."""
        return RunningTerm(
            self.case.received_at,
            self.case.filed_on,
            self.due_on,
            self.due_at,
            self.term_state is TermState.SUSPENDED,
            self.entity.calendar,
        )

    @property
    def term_moved(self) -> bool:
        """Whether this step moves the due date, or stops or starts the term."""
        case = self.case
        before = (case.due_on, case.due_at, case.term_state is TermState.SUSPENDED)
        return before != (self.due_on, self.due_at, self.term_state is TermState.SUSPENDED)

    @property
    def department(self) -> str | None:
        """The petition's department once this step is written."""
        value = self.changes.get("department", self.case.department)
        return None if value is None else str(value)

    @property
    def department_name(self) -> str:
        """The name of the petition's department; empty before it has one."""
        if self.department == self.case.department:
            return self.case.department_name
        return self.department_names.get(self.department or "", "")

    @property
    def department_names(self) -> dict[str, str]:
        """Names of the active departments by code, read once a step."""
        if self._department_names is None:
            self._department_names = {view.code: view.name for view in departments(self.connection)}
        return self._department_names

    def record(self, act: str, /, **detail: object) -> None:
        """Note an act of this step's actor."""
        self.acts.append(Act(act, self.actor, detail))

    def record_system(self, act: str, /, **detail: object) -> None:
        """Note an act that the office does by itself, whoever caused it."""
        self.acts.append(Act(act, SYSTEM, detail))

    def trouble(self, message: str) -> None:
        """Open an incident of the case as a whole: something that a person must see went wrong.

        A case has one such incident, which tells all that went wrong in the step.
        """
        told = [*(each.message for each in self.troubles), message]
        self.troubles = [Incident(CASE_AS_A_WHOLE, "", "Caso completo", "\n".join(dict.fromkeys(told)))]

    def add_note(self, topic: str, label: str, text: str) -> None:
        """Keep an internal text; an empty one is none."""
        if text:
            self.notes.append(NoteText(topic, label, text))

    def move_to(self, status: PetitionStatus) -> None:
        """Change the petition's state, when the move is legal. Raises Conflict."""
        self.changes["status"] = move(self.status, status).value

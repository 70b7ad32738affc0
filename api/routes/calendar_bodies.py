"""What programs send and receive about the calendar."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict
from pydantic.dataclasses import dataclass

from processes.directory.calendar_checks import WrittenClosure, written_hours
from processes.directory.calendar_settings import CalendarSettings, Closure, Threshold
from processes.petitions.calendars import CalendarView, Draft
from processes.petitions.paging import Page
from processes.petitions.recalculation_preview import DateMove, Preview, Shift
from processes.terms.kinds import KIND_LABELS, PetitionKind
from processes.terms.norms import TermRule

_CLOSURE: JsonDict = {
    "on": "2026-12-07",
    "name": "Feria de Puerto Claro",
    "act_number": "Decreto 012",
    "act_date": "2026-11-20",
    "suspends_terms": True,
    "national": False,
}


@dataclass(frozen=True, slots=True)
class SettingsView:
    """What the entity maintains. `hours` are texts by weekday (0 is Monday); an empty one is closed."""

    hours: dict[str, str]
    after_hours: str
    after_hours_reason: str
    closures: tuple[Closure, ...]
    packs: tuple[str, ...]
    thresholds: tuple[Threshold, ...]

    @staticmethod
    def of(settings: CalendarSettings) -> "SettingsView":
        """`settings`, ready to be told."""
        return SettingsView(
            hours={str(day): text for day, text in written_hours(settings.hours).items()},
            after_hours=settings.after_hours.value,
            after_hours_reason=settings.after_hours.reason,
            closures=settings.closures,
            packs=tuple(sorted(settings.packs)),
            thresholds=settings.thresholds,
        )


@dataclass(frozen=True, slots=True)
class DraftView:
    """A change being prepared; `changes` are sentences, `undoes` the version that it takes back."""

    revision: int
    base: int
    undoes: int | None
    changes: tuple[str, ...]
    changed_at: datetime
    changed_by: str
    settings: SettingsView

    @staticmethod
    def of(draft: Draft) -> "DraftView":
        """`draft`, ready to be told."""
        return DraftView(
            revision=draft.revision,
            base=draft.base,
            undoes=draft.undoes,
            changes=draft.changes,
            changed_at=draft.changed_at,
            changed_by=draft.changed_by,
            settings=SettingsView.of(draft.calendar.settings),
        )


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """The calendar in force. `new_holidays` and `new_law`: this release brings others, not yet applied."""

    version: int
    settings: SettingsView
    draft: DraftView | None
    new_holidays: bool
    new_law: bool

    @staticmethod
    def of(view: CalendarView) -> "CalendarAnswer":
        """`view`, ready to be told."""
        return CalendarAnswer(
            version=view.in_force.number,
            settings=SettingsView.of(view.in_force.settings),
            draft=DraftView.of(view.draft) if view.draft else None,
            new_holidays=view.new_holidays,
            new_law=view.new_law,
        )


@dataclass(frozen=True, slots=True)
class HolidayView:
    """A national holiday, with its law."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class TermView:
    """A rule of the terms; any `evidence` but A is still to be verified."""

    kind: PetitionKind
    kind_label: str
    term: str
    citation: str
    valid_from: date
    valid_to: date | None
    reaches_in_progress: bool
    evidence: str

    @staticmethod
    def of(rule: TermRule) -> "TermView":
        """`rule`, ready to be told."""
        return TermView(
            kind=rule.kind,
            kind_label=KIND_LABELS[rule.kind],
            term=rule.label,
            citation=rule.citation,
            valid_from=rule.valid_from,
            valid_to=rule.valid_to,
            reaches_in_progress=rule.reaches_in_progress,
            evidence=rule.evidence.value,
        )


@dataclass(frozen=True, slots=True)
class PreviewAnswer:
    """What the draft would move, over all open petitions, and a page of those that move."""

    revision: int
    changes: tuple[str, ...]
    open_petitions: int
    moved: int
    shifts: tuple[Shift, ...]
    fall_overdue: int
    saved: int
    refused: int
    page: Page[DateMove]

    @staticmethod
    def of(preview: Preview) -> "PreviewAnswer":
        """`preview`, ready to be told."""
        return PreviewAnswer(
            revision=preview.draft.revision,
            changes=preview.draft.changes,
            open_petitions=preview.open_petitions,
            moved=preview.moved,
            shifts=preview.shifts,
            fall_overdue=preview.fall_overdue,
            saved=preview.saved,
            refused=preview.refused,
            page=preview.page,
        )


@dataclass(frozen=True, slots=True)
class Applied:
    """The version that is now in force; its dates move after the answer."""

    version: int


class ClosureBody(BaseModel):
    """A closure, or a holiday by a new law (`national`), for the draft."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_CLOSURE]})

    on: Annotated[str, Field(max_length=10, description="El día, AAAA-MM-DD.")]
    name: Annotated[str, Field(max_length=1000, description="El motivo.")]
    act_number: Annotated[str, Field(max_length=1000, description="Número del acto que lo ordena.")] = ""
    act_date: Annotated[str, Field(max_length=10, description="Fecha del acto, AAAA-MM-DD.")] = ""
    suspends_terms: Annotated[bool, Field(description="El día no cuenta; exige el acto.")] = True
    national: Annotated[bool, Field(description="Festivo nacional que creó una ley nueva.")] = False

    def written(self) -> WrittenClosure:
        """The same, for the office's own checks."""
        return WrittenClosure(**self.model_dump())


class HoursBody(BaseModel):
    """The office hours of the draft."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"hours": {"0": "07:00-12:00, 14:00-17:00", "4": "07:00-15:00"}}]},
    )

    hours: Annotated[
        dict[Annotated[str, Field(pattern="^[0-6]$")], Annotated[str, Field(max_length=60)]],
        Field(description="Franjas por día de la semana; 0 es lunes. El día que falta no se atiende."),
    ]


class ThresholdBody(BaseModel):
    """A row of the traffic light's table."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[PetitionKind | None, Field(description="La clase; nada en la fila general.")] = None
    target_working_days: Annotated[int, Field(ge=0, le=30, description="Meta, antes de vencer.")]
    due_soon_working_days: Annotated[int, Field(ge=0, le=30, description="Aviso, antes de la meta.")]


class RulesBody(BaseModel):
    """How the norms are read, the packs and the traffic light of the draft."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "after_hours": "next_working_day",
                    "packs": ["health"],
                    "thresholds": [{"target_working_days": 1, "due_soon_working_days": 3}],
                }
            ]
        },
    )

    after_hours: Annotated[str, Field(max_length=40, description="«next_working_day» o «as_received».")]
    packs: Annotated[list[str], Field(max_length=20, description="Clases especiales activas.")] = []
    thresholds: Annotated[list[ThresholdBody], Field(max_length=60, description="La tabla del semáforo.")]


class ApplyBody(BaseModel):
    """The draft, as it was reviewed, and why it is applied."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"revision": 1, "reason": "Lo ordena el Decreto 012 de 2026."}]},
    )

    revision: Annotated[int, Field(ge=1, le=2**31 - 1, description="La que mostró la revisión.")]
    reason: Annotated[str, Field(max_length=5000, description="El motivo; queda en el registro.")]

"""One legal act: its form, how the date would move, and only then the act itself.

What was typed travels from step to step and comes back with every refusal, files too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.act_forms import Offered, Typed, act_fields, act_in, field_errors, typed_in
from api.pages.act_words import OFFICE_ACTS, ActWords, act_at
from api.pages.field_errors import FieldErrors
from api.pages.kept_files import ReceivedFiles, file_limits, keep, receive_files
from api.pages.typed import typed_texts
from api.pages.visit import ReaderVisit, Visit
from processes.common.calendar import BOGOTA
from processes.common.errors import Conflict, Forbidden, Invalid, NotFound, OfficeError
from processes.directory.people import Person, departments
from processes.directory.roles import Role
from processes.petitions.form import StoredFile
from processes.petitions.legal_act import LegalAct, LegalOutcome
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_file import ActChoice, LegalFile, read_legal_file
from processes.petitions.legal_preview import preview_legal_act
from processes.petitions.proposals import propose_reclassification
from processes.petitions.status import ENDED, STATUS_LABELS, TermState
from processes.terms.events import LegalEventKind
from processes.terms.kinds import Pack, offered_kinds
from processes.terms.refusals import RefusedAct

router = APIRouter()
_ACT = "/peticiones/{filing_number}/actuaciones/{slug}"
_STEP = "step"


@dataclass(frozen=True, slots=True)
class ActPage:
    """One act on one petition: what its pages need at every step. `choice` is None when it is not open."""

    file: LegalFile
    kind: LegalEventKind
    words: ActWords
    choice: ActChoice | None


@router.get(_ACT)
def act_form(visit: ReaderVisit, filing_number: str, slug: str) -> Response:
    """The form of the act, with the office's now and what the law asks."""
    return _form(visit, _page(visit, filing_number, slug), {}, ReceivedFiles((), ""))


# The form is read before anybody is asked who they are: when a session ended meanwhile, its page
# still shows what was written.
@router.post(_ACT)
def do_act(sent: FormDep, visit: ReaderVisit, filing_number: str, slug: str) -> Response:
    """Show how the date would move; or do the act, once that was confirmed; or the form again."""
    page = _page(visit, filing_number, slug)
    typed, received = typed_in(sent.data), receive_files(visit.office.settings, sent)
    if sent.text(_STEP) == "edit":
        return _form(visit, page, typed, received)
    try:
        act = _act(page, typed, received)
        if sent.text(_STEP) == "propose":
            propose_reclassification(visit.office, visit.person, filing_number, act)
            return RedirectResponse(f"/peticiones/{page.file.filing_number}/actuaciones?aviso=propuesta", 303)
        if sent.text(_STEP) != "confirm":
            outcome = preview_legal_act(visit.office, visit.person, filing_number, act)
            return _confirmation(visit, page, typed, received.files, outcome)
        record_legal_act(visit.office, visit.person, filing_number, act)
    except (Invalid, Conflict, Forbidden) as refusal:
        return _form(visit, page, typed, received, refusal)
    return RedirectResponse(f"/peticiones/{page.file.filing_number}/actuaciones?aviso=hecha", 303)


def after_words(outcome: LegalOutcome) -> str:
    """Where the act leaves the petition, in one sentence for its people."""
    if outcome.answered:
        return f"La petición queda respondida; al confirmar, {_letter(outcome)}."
    if outcome.status in ENDED:
        return f"La petición queda así: {STATUS_LABELS[outcome.status]}. Ya no hay fecha de respuesta."
    if outcome.term_state is TermState.SUSPENDED:
        return "El término queda suspendido: no corre mientras se espera al ciudadano."
    if outcome.due_on == outcome.due_on_before:
        return "La fecha no cambia."
    hour = f" a las {outcome.due_at.astimezone(BOGOTA):%H:%M}" if outcome.due_at else ""
    return f"La fecha pasa del {outcome.due_on_before:%d/%m/%Y} al {outcome.due_on:%d/%m/%Y}{hour}."


def _letter(outcome: LegalOutcome) -> str:
    if outcome.told_on_paper:
        return "la ventanilla entrega la carta en papel"
    return "la carta sale" if outcome.citizen_told else "entréguele el acto por otro medio"


def _page(visit: Visit[Person], filing_number: str, slug: str) -> ActPage:
    kind = act_at(OFFICE_ACTS, slug)
    if kind is None:
        raise NotFound("Esa actuación no existe. Vea las que hay en la página de actuaciones.")
    file = read_legal_file(visit.office, visit.person, filing_number)
    choice = next((each for each in file.choices if each.kind is kind), None)
    return ActPage(file, kind, OFFICE_ACTS[kind], choice)


def _act(page: ActPage, typed: Typed, received: ReceivedFiles) -> LegalAct:
    try:
        act = act_in(page.kind, page.words, typed, received.files)
    except Invalid as refusal:
        problems = {"files": received.problem} if received.problem else {}
        raise Invalid(refusal.message, {**refusal.fields, **problems}) from refusal
    if received.problem:
        raise Invalid(received.problem, {"files": received.problem})
    return act


def _form(
    visit: Visit[Person],
    page: ActPage,
    typed: Typed,
    received: ReceivedFiles,
    refusal: OfficeError | None = None,
) -> Response:
    errors = field_errors(refusal) if isinstance(refusal, Invalid) else {}
    fields = act_fields(page.kind, page.words, _offered(visit, page.file), typed, errors)
    shown = {field.key for field in fields} | {"files"}
    return visit.show(
        "act.html",
        refusal=refusal,
        filing_number=page.file.filing_number,
        file=page.file,
        words=page.words,
        choice=page.choice,
        may_propose=_may_propose(visit.person, page, refusal),
        fields=fields,
        labels={field.key: field.label for field in fields},
        errors=FieldErrors({name: problem for name, problem in errors.items() if name in shown}),
        problem=refusal.message if refusal and not errors.keys() & shown else "",
        kept=keep(visit.office.settings, received.files),
        limits=file_limits(visit.office.settings),
    )


def _may_propose(person: Person, page: ActPage, refusal: OfficeError | None) -> bool:
    """Whether what was refused may be asked of the head of citizen service."""
    longer = page.kind is LegalEventKind.RECLASSIFIED and isinstance(refusal, RefusedAct)
    return longer and page.choice is not None and not person.has(Role.CITIZEN_SERVICE_HEAD)


def _confirmation(
    visit: Visit[Person],
    page: ActPage,
    typed: Typed,
    files: tuple[StoredFile, ...],
    outcome: LegalOutcome,
) -> Response:
    fields = act_fields(page.kind, page.words, _offered(visit, page.file), typed, {})
    names = {field.key for field in fields}
    carried: Mapping[str, tuple[str, ...]] = {name: typed[name] for name in typed if name in names}
    shown = [field for field in fields if field.key != "length_unit" or any(typed.get("length_amount", ()))]
    return visit.show(
        "act_confirm.html",
        filing_number=page.file.filing_number,
        file=page.file,
        words=page.words,
        outcome=outcome,
        after_label=after_words(outcome),
        written=typed_texts(shown),
        typed=carried,
        kept=keep(visit.office.settings, files),
    )


def _offered(visit: Visit[Person], file: LegalFile) -> Offered:
    with visit.office.read() as connection:
        codes = tuple((each.code, each.name) for each in departments(connection))
    packs = {Pack(each) for each in visit.office.entity().packs}
    done = frozenset(event.kind for event in file.reckoning.events)
    return Offered(file.matters, done, offered_kinds(packs), codes)

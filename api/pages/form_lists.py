"""What the entity's form offers, whom people call in an emergency, and who is on call."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep, SentForm
from api.pages.field_errors import FieldErrors
from api.pages.forms import Choice
from api.pages.visit import FormKeeperVisit, Visit, notice_of
from processes.common.errors import Invalid
from processes.directory.people import Person, departments
from processes.petitions import form_lists, roster

router = APIRouter()
_FORM, _TURNS = "/formulario", "/turnos"
_FIELDS = (
    *("topic_code", "topic_name", "topic_department"),
    *("territory_code", "territory_name"),
    *("emergency_phone", "invoice_email"),
)
_TURN_FIELDS = ("username", "email", "phone")
_NOTICES = {
    "guardado": "Quedó guardado. El formulario lo muestra desde ahora.",
    "quitado": "Ya no se ofrece. Las peticiones que lo tenían lo conservan.",
    "turno": "La lista de turno quedó guardada.",
}


@router.get(_FORM)
def form_page(visit: FormKeeperVisit, tema: str = "", territorio: str = "") -> Response:
    """Topics, territories and contacts; `tema` or `territorio`: the one to be changed, by its code."""
    entity = visit.office.entity()
    values = dict.fromkeys(_FIELDS, "")
    values |= {"emergency_phone": entity.emergency_phone, "invoice_email": entity.invoice_email}
    for topic in (each for each in entity.topics if each.code == tema):
        values |= {"topic_code": tema, "topic_name": topic.name}
        values["topic_department"] = topic.department or ""
    for territory in (each for each in entity.territories if each.code == territorio):
        values |= {"territory_code": territorio, "territory_name": territory.name}
    return _show_form(visit, values, {})


@router.post(f"{_FORM}/temas")
def save_topic(visit: FormKeeperVisit, sent: FormDep) -> Response:
    """Offer a topic; or the page again."""
    return _keep(
        visit,
        sent,
        lambda values: form_lists.save_topic(
            visit.office,
            visit.person,
            name=values["topic_name"],
            department=values["topic_department"],
            code=values["topic_code"],
        ),
        {"name": "topic_name", "department": "topic_department"},
    )


@router.post(f"{_FORM}/temas/{{code}}/quitar")
def withdraw_topic(visit: FormKeeperVisit, code: str) -> Response:
    """Offer a topic no more."""
    form_lists.withdraw_topic(visit.office, visit.person, code)
    return RedirectResponse(f"{_FORM}?aviso=quitado", 303)


@router.post(f"{_FORM}/territorios")
def save_territory(visit: FormKeeperVisit, sent: FormDep) -> Response:
    """Offer a territory; or the page again."""
    return _keep(
        visit,
        sent,
        lambda values: form_lists.save_territory(
            visit.office, visit.person, name=values["territory_name"], code=values["territory_code"]
        ),
        {"name": "territory_name"},
    )


@router.post(f"{_FORM}/territorios/{{code}}/quitar")
def withdraw_territory(visit: FormKeeperVisit, code: str) -> Response:
    """Offer a territory no more."""
    form_lists.withdraw_territory(visit.office, visit.person, code)
    return RedirectResponse(f"{_FORM}?aviso=quitado", 303)


@router.post(f"{_FORM}/contactos")
def save_contacts(visit: FormKeeperVisit, sent: FormDep) -> Response:
    """Keep whom people call, and where invoices go; or the page again."""
    return _keep(
        visit,
        sent,
        lambda values: form_lists.save_contacts(
            visit.office,
            visit.person,
            emergency_phone=values["emergency_phone"],
            invoice_email=values["invoice_email"],
        ),
        {},
    )


@router.get(_TURNS)
def turns(visit: FormKeeperVisit) -> Response:
    """Who is on call."""
    return _show_turns(visit, dict.fromkeys(_TURN_FIELDS, ""), {})


@router.post(_TURNS)
def add_turn(visit: FormKeeperVisit, sent: FormDep) -> Response:
    """Put somebody on the roster; or the page again."""
    values = {name: sent.text(name) for name in _TURN_FIELDS}
    try:
        roster.add_to_roster(
            visit.office, visit.person, values["username"], email=values["email"], phone=values["phone"]
        )
    except Invalid as refusal:
        return _show_turns(visit, values, refusal.fields)
    return RedirectResponse(f"{_TURNS}?aviso=turno", 303)


@router.post(f"{_TURNS}/{{username}}/quitar")
def take_off(visit: FormKeeperVisit, username: str) -> Response:
    """Take somebody off the roster."""
    roster.take_off_roster(visit.office, visit.person, username)
    return RedirectResponse(f"{_TURNS}?aviso=turno", 303)


@router.post(f"{_TURNS}/{{username}}/primero")
def put_first(visit: FormKeeperVisit, username: str) -> Response:
    """Tell somebody first."""
    roster.put_first(visit.office, visit.person, username)
    return RedirectResponse(f"{_TURNS}?aviso=turno", 303)


def _keep(
    visit: Visit[Person],
    sent: SentForm,
    act: Callable[[Mapping[str, str]], object],
    fields: Mapping[str, str],
) -> Response:
    """Do `act` with what was sent; its refusals stand at the page's own `fields`."""
    values = {name: sent.text(name) for name in _FIELDS}
    try:
        act(values)
    except Invalid as refusal:
        errors = {fields.get(name, name): problem for name, problem in refusal.fields.items()}
        return _show_form(visit, values, errors)
    return RedirectResponse(f"{_FORM}?aviso=guardado", 303)


def _show_form(visit: Visit[Person], values: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    with visit.office.read() as connection:
        offered = departments(connection)
    names = {each.code: each.name for each in offered}
    entity = visit.office.entity()
    return visit.show(
        "form_lists.html",
        status=Invalid.status if errors else 200,
        notice=notice_of(visit.request, _NOTICES),
        topics=tuple((each, names.get(each.department or "", "")) for each in entity.topics),
        territories=entity.territories,
        departments=tuple(
            Choice(each.code, each.name, each.code == values["topic_department"]) for each in offered
        ),
        values=values,
        errors=FieldErrors(dict(errors)),
    )


def _show_turns(visit: Visit[Person], values: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    people = roster.candidates(visit.office)
    return visit.show(
        "on_call.html",
        status=Invalid.status if errors else 200,
        notice=notice_of(visit.request, _NOTICES),
        roster=roster.roster_of(visit.office),
        people=tuple(Choice(username, name, username == values["username"]) for username, name in people),
        values=values,
        errors=FieldErrors(dict(errors)),
    )

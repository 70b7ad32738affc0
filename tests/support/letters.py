"""One sample of each letter, a mail, and how a screen reader speaks a page."""

from dataclasses import replace
from datetime import UTC, date, datetime

from lxml import html

from notifications.letters_of_time import (
    Circular,
    DailyWarning,
    DueLine,
    ReportReady,
    ReservedLetters,
    SubstitutionNews,
    SubstitutionTold,
)
from notifications.messages import (
    Acknowledgement,
    Answer,
    Assigned,
    CalendarChanged,
    CitizenActed,
    DueDateMoved,
    Escalation,
    LegalNotice,
    Letterhead,
    NoticeOf,
    Signatory,
)
from notifications.notices import CitizenNotice, CitizenNoticeOf, OfficeNotice, OfficeNoticeOf
from notifications.send import OutgoingMessage
from notifications.spanish import BOGOTA

LETTERHEAD = Letterhead(entity="Alcaldía de Villa del Río", contact="Calle 5 n.º 4-20 · (606) 123 4567")
ACKNOWLEDGEMENT = Acknowledgement(
    letterhead=LETTERHEAD,
    petitioner_name="Ana María Ruiz",
    filing_number="2026-000123",
    tracking_code="K7QF-9XMB-24TD",
    received_at=datetime(2026, 11, 21, 23, 5, tzinfo=BOGOTA),
    filed_on=date(2026, 11, 23),
    filing_reason="Lo que llega en un día no hábil se radica el día hábil siguiente.",
    kind_label="Petición",
    due_on=date(2026, 12, 15),
    term_label="15 días hábiles",
    citation="Ley 1437 de 2011, artículo 14",
    attachments=("PDF", "JPG", "PNG"),
    tracking_url="https://villa.example/consulta",
)
DUE_DATE_MOVED = DueDateMoved(
    letterhead=LETTERHEAD,
    petitioner_name="Ana María Ruiz",
    filing_number="2026-000123",
    due_before=date(2026, 12, 15),
    due_on=date(2026, 12, 16),
    changes=("Se agrega el cierre del 07/12/2026: Feria (suspende términos, Decreto 012 del 01/12/2026).",),
    tracking_url="https://villa.example/consulta",
)
CALENDAR_CHANGED = CalendarChanged(
    letterhead=LETTERHEAD,
    moved=12,
    scope="a su cargo",
    changes=DUE_DATE_MOVED.changes,
    url="https://villa.example/bandeja",
)
ANSWER = Answer(
    letterhead=LETTERHEAD,
    petitioner_name="Ana María Ruiz",
    filing_number="2026-000123",
    filed_on=date(2026, 11, 23),
    outgoing_number="S-2026-000045",
    text="El poste ya fue reparado.\n\nGracias por avisar.\nHasta pronto.",
    attachments=(),
    is_consultation=False,
    signatories=(Signatory("Luis Peña", "Secretario de Infraestructura"),),
    complements="",
    department="Secretaría de Infraestructura",
    tracking_url="https://villa.example/consulta",
)
ASSIGNED = Assigned(
    letterhead=LETTERHEAD,
    filing_number="2026-000123",
    kind_label="Petición",
    department="Secretaría de Infraestructura",
    due_on=date(2026, 12, 15),
    internal_target_on=date(2026, 12, 14),
    term_label="15 días hábiles",
    citation="Ley 1437 de 2011, artículo 14",
    priority_reason="",
    url="https://villa.example/tareas/7",
)
ESCALATION = Escalation(
    letterhead=LETTERHEAD,
    filing_number="2026-000123",
    kind_label="Petición",
    department="Secretaría de Infraestructura",
    official_name="Luis Peña",
    due_on=date(2026, 12, 15),
    today=date(2026, 12, 10),
    working_days_left=3,
    url="https://villa.example/peticiones/2026-000123",
)
LEGAL_NOTICE = LegalNotice(
    letterhead=LETTERHEAD,
    event=NoticeOf.COMPLETION_REQUESTED,
    petitioner_name="Ana María Ruiz",
    filing_number="2026-000123",
    kind_label="Petición",
    text="La dirección del poste.",
    act_number="Resolución 12 de 2026",
    authority="Gobernación del Norte",
    matters=("1", "3"),
    still_open=True,
    until=date(2026, 12, 28),
    until_citation="Ley 1437 de 2011, artículo 17",
    due_on=date(2026, 12, 15),
    due_at=None,
    total_label="15 días hábiles",
    citation="Ley 1437 de 2011, artículo 14",
    tracking_url="https://villa.example/consulta",
)
CITIZEN_ACTED = CitizenActed(
    letterhead=LETTERHEAD,
    filing_number="2026-000123",
    act_label="Insistencia del peticionario",
    kind_label="Petición",
    department="Secretaría de Infraestructura",
    ended=False,
    still_to_answer=False,
    due_on=date(2026, 12, 15),
    citation="Ley 1437 de 2011, artículo 26",
    url="https://villa.example/peticiones/2026-000123",
)
CITIZEN_NOTICE = CitizenNotice(
    letterhead=LETTERHEAD,
    notice=CitizenNoticeOf.SURVEY,
    petitioner_name="Ana María Ruiz",
    filing_number="2026-000123",
    tracking_code="K7QF-9XMB-24TD",
    text="Son 40 copias a $ 100 cada una. Se pagan en la caja del primer piso.",
    until=date(2026, 12, 15),
    url="https://villa.example/encuesta",
)
OFFICE_NOTICE = OfficeNotice(
    letterhead=LETTERHEAD,
    notice=OfficeNoticeOf.HANDED_OVER,
    filing_number="2026-000123",
    kind_label="Petición",
    department="Secretaría de Infraestructura",
    due_on=date(2026, 12, 15),
    url="https://villa.example/peticiones/2026-000123",
)
REPORT_READY = ReportReady(
    letterhead=LETTERHEAD,
    title="Informe de oportunidad",
    period_label="primera quincena de diciembre de 2026",
    for_review=True,
    url="https://villa.example/informes/7",
)
CIRCULAR = Circular(
    letterhead=LETTERHEAD,
    scope="Secretaría de Infraestructura",
    overdue=2,
    due=1,
    answer_by=date(2026, 12, 15),
    period_label="primera quincena de diciembre de 2026",
    url="https://villa.example/peticiones",
)
_DUE_LINE = DueLine(
    filing_number="2026-000123",
    kind_label="Petición",
    due_on=date(2026, 12, 15),
    working_days_left=-2,
    url="https://villa.example/peticiones/2026-000123",
)
DAILY_WARNING = DailyWarning(
    letterhead=LETTERHEAD,
    scope="Secretaría de Infraestructura",
    overdue=(_DUE_LINE,),
    due_soon=(replace(_DUE_LINE, filing_number="2026-000124", working_days_left=1),),
    more=3,
    url="https://villa.example/bandeja",
)
SUBSTITUTION = SubstitutionTold(
    letterhead=LETTERHEAD,
    absent_name="Carlos Mejía",
    substitute_name="Clara Niño",
    first_on=date(2026, 11, 23),
    last_on=date(2026, 11, 27),
    act_number="Resolución 120 del 20 de noviembre de 2026",
    notice=SubstitutionNews.SUBSTITUTE,
    url="https://villa.example/bandeja",
)
RESERVED_LETTERS = ReservedLetters(letterhead=LETTERHEAD, letters=2, url="https://villa.example/cartas")
NOTICES = (
    *(replace(SUBSTITUTION, notice=news) for news in SubstitutionNews if news is not SUBSTITUTION.notice),
    *(replace(LEGAL_NOTICE, event=event) for event in NoticeOf if event is not LEGAL_NOTICE.event),
    *(
        replace(CITIZEN_NOTICE, notice=notice)
        for notice in CitizenNoticeOf
        if notice is not CITIZEN_NOTICE.notice
    ),
    *(
        replace(OFFICE_NOTICE, notice=notice)
        for notice in OfficeNoticeOf
        if notice is not OFFICE_NOTICE.notice
    ),
)
"""A notice of every other sort."""
EVERY_LETTER = (
    ACKNOWLEDGEMENT,
    ANSWER,
    ASSIGNED,
    ESCALATION,
    LEGAL_NOTICE,
    CITIZEN_ACTED,
    CITIZEN_NOTICE,
    OFFICE_NOTICE,
    REPORT_READY,
    CIRCULAR,
    SUBSTITUTION,
    DAILY_WARNING,
    RESERVED_LETTERS,
)
MESSAGE = OutgoingMessage(
    message_id="<0192f0c1-1@villa.example>",
    to="ana@correo.example",
    subject="Su petición quedó radicada con el número 2026-000123",
    text="Le responderemos el miércoles.\n.\nUna línea que empieza con punto.\n" + "á" * 2000 + "\n",
    html="<p>Le responderemos el miércoles.</p>",
    sent_at=datetime(2026, 11, 24, 14, 30, tzinfo=UTC),
)


def spoken(markup: str) -> str:
    """What a screen reader speaks of a page."""
    return " ".join(str(html.fromstring(markup.encode()).xpath("string()")).split())

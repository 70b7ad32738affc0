"""The acts of the procedure in the hands of an entity's people, one small function for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from processes.directory.accounts import NewPerson
from processes.petitions.legal_act import LegalAct
from processes.samples.acts import (
    ActDone,
    CitizenDid,
    Moment,
    NumberVoided,
    SurveyAnswered,
    TaskDone,
    TaskTaken,
)
from processes.samples.sample import Cast, Sample, Team
from processes.samples.wording import Wording
from processes.terms.events import LegalEventKind
from processes.terms.lengths import Length

MORNING, LATE_MORNING, NOON = time(9, 20), time(10, 15), time(11, 5)
AFTERNOON, LATE_AFTERNOON = time(14, 5), time(14, 40)
_STANDARD = ["substantive", "plain_language", "attachments_complete", "delivered"]


@dataclass(frozen=True, slots=True)
class Hands:
    """The people of an entity at work; `day` counts working days back from the next one."""

    sample: Sample

    @property
    def cast(self) -> Cast:
        """The entity's people by their parts."""
        return self.sample.cast

    @property
    def discipline(self) -> Team:
        """The office that looks into the conduct of the entity's people: who keeps reserved identities."""
        custodian = self.cast.custodian
        return Team(custodian.department or "", custodian, custodian)

    def classifies(
        self,
        day: int,
        wording: Wording,
        level: int = 3,
        *,
        admission: str = "ours",
        priority: bool = False,
        urgent: bool = False,
    ) -> TaskDone:
        """The front desk confirms kind, level, priority and admission on one screen."""
        values = {
            "nature": "petition",
            "kind": wording.kind,
            "level": str(level),
            "priority": "true" if priority else "",
            "urgent": "true" if urgent else "",
            "topic": wording.topic,
            "admission": admission,
        }
        return self._clerk(day, LATE_MORNING, "ConfirmClassification", values)

    def hands_out_receipt(self, day: int) -> TaskDone:
        """Whoever has no mail gets the acknowledgement on paper."""
        return self._clerk(day, MORNING, "GiveReceiptOnPaper", {"receipt_note": "Se entregó en la mano."})

    def assigns(self, day: int, team: Team, note: str = "") -> TaskDone:
        """The head of citizen service chooses who answers."""
        values = {"department": team.department, "distribution_note": note}
        return TaskDone(Moment(day, NOON), self.cast.service_head, "ChooseDepartment", values)

    def takes(self, day: int, team: Team, draft: str = "") -> TaskTaken:
        """The department's official takes the petition and begins to write."""
        kept = {"work_next": "review", "answer_text": draft} if draft else {}
        return TaskTaken(Moment(day, AFTERNOON), team.official, "Draft", kept)

    def asks_help(self, day: int, team: Team, other: Team, question: str) -> TaskDone:
        """The official asks another department for its part."""
        values = {"work_next": "ask_help", "asked_departments": [other.department], "question": question}
        return TaskDone(Moment(day, LATE_AFTERNOON), team.official, "Draft", values)

    def contributes(self, day: int, other: Team, text: str) -> TaskDone:
        """The department that was asked gives its part."""
        return TaskDone(Moment(day, LATE_AFTERNOON), other.official, "Contribute", {"contribution": text})

    def drafts(self, day: int, team: Team, wording: Wording, outcome: str = "granted") -> TaskDone:
        """The official leaves the draft for review."""
        values = {"work_next": "review", "answer_text": wording.answer, "outcome": outcome}
        return TaskDone(Moment(day, LATE_AFTERNOON), team.official, "Draft", values)

    def returns(self, day: int, team: Team, comments: str) -> TaskDone:
        """The head of the department sends the draft back with comments."""
        values = {"review": "return", "observations": comments}
        return TaskDone(Moment(day, MORNING), team.head, "Review", values)

    def approves(self, day: int, team: Team, *signatories: NewPerson) -> TaskDone:
        """The head approves; with `signatories`, these sign before it leaves."""
        values = {"review": "approve", "signatories": [each.username for each in signatories]}
        return TaskDone(Moment(day, LATE_MORNING), team.head, "Review", values)

    def answers_at_once(self, day: int, wording: Wording) -> TaskDone:
        """The front desk answers what is simple."""
        values = {"work_next": "answer", "answer_text": wording.answer, "outcome": "informed"}
        return self._clerk(day, NOON, "AnswerAtOnce", values)

    def publishes(self, day: int, wording: Wording) -> TaskDone:
        """The head of citizen service publishes the answer to whoever gave no name."""
        values = {"public_title": wording.subject, "public_text": wording.answer}
        return TaskDone(Moment(day, AFTERNOON), self.cast.service_head, "Publish", values)

    def notes_return(self, day: int, why: str) -> TaskDone:
        """The front desk notes that the letter came back."""
        values = {"delivery": "returned", "undelivered_reason": why}
        return self._clerk(day, AFTERNOON, "DeliverLetter", values)

    def closes(self, day: int) -> TaskDone:
        """Somebody who did not write it verifies the answer and closes."""
        values = {"closing": "close", "closing_checks": _STANDARD, "closing_note": ""}
        return TaskDone(Moment(day, MORNING), self.cast.deputy, "Verify", values)

    def sends_back(self, day: int, why: str) -> TaskDone:
        """Verification finds that it was not solved; it goes back once."""
        values = {"closing": "back", "closing_checks": [], "not_solved": why}
        return TaskDone(Moment(day, MORNING), self.cast.deputy, "Verify", values)

    def asks_to_complete(self, day: int, why: str) -> TaskDone:
        """The front desk asks for what is missing; the term stops."""
        return self._clerk(day, NOON, "AskForMissing", {"admission": "incomplete", "reason": why})

    def returns_unclear(self, day: int, why: str) -> TaskDone:
        """The front desk gives back what nobody understands."""
        return self._clerk(day, NOON, "ReturnUnclear", {"admission": "unclear", "reason": why})

    def archives(self, day: int, why: str, number: str) -> TaskDone:
        """The legal office archives what was not clarified in time, by a signed act."""
        values = {"citizen_reply": "archived_unclear", "reason": why, "act_number": number}
        return TaskDone(Moment(day, NOON), self.cast.legal, "DecideSilence", values)

    def transfers(self, day: int, why: str) -> TaskDone:
        """The head of citizen service sends on what is another body's."""
        authority = self.sample.words["neighbour_entity"]
        values = {"admission": "not_ours", "authority": authority, "reason": why}
        return TaskDone(Moment(day, NOON), self.cast.service_head, "TransferWhole", values)

    def rejects(self, day: int, why: str, number: str) -> TaskDone:
        """The legal office rejects a disrespectful petition, by a reasoned and signed act."""
        values = {"rejection": "sign", "reason": why, "act_number": number}
        return TaskDone(Moment(day, NOON), self.cast.legal, "RejectDisrespectful", values)

    def takes_notice(self, day: int, note: str) -> TaskDone:
        """The legal office takes a judicial notice."""
        values = {"judicial_notice_note": note}
        return TaskDone(Moment(day, NOON), self.cast.legal, "TakeJudicialNotice", values)

    def attends_danger(self, day: int, at: time, note: str) -> TaskDone:
        """The front desk acts where somebody's life is in danger."""
        return self._clerk(day, at, "AttendDanger", {"danger_note": note})

    def extends(self, day: int, team: Team, length: Length, why: str) -> ActDone:
        """The head of the department tells a longer term before the first one ends."""
        act = LegalAct(kind=LegalEventKind.EXTENSION_TOLD, length=length, reason=why)
        return ActDone(Moment(day, LATE_MORNING), team.head, act)

    def judge_orders(self, day: int, court: str, length: Length, what: str) -> ActDone:
        """The legal office notes that a judge wants a report: a tutela that arrives midway."""
        act = LegalAct(kind=LegalEventKind.JUDGE_ORDERED, authority=court, length=length, reason=what)
        return ActDone(Moment(day, NOON), self.cast.legal, act)

    def voids(self, day: int, why: str) -> NumberVoided:
        """The head of citizen service cancels a number given by mistake."""
        return NumberVoided(Moment(day, NOON), self.cast.service_head, why)

    def citizen_withdraws(self, day: int, words: str) -> CitizenDid:
        """The citizen gives it up."""
        return CitizenDid(Moment(day, time(20, 10)), LegalEventKind.WITHDRAWN, words)

    def citizen_appeals(self, day: int, words: str) -> CitizenDid:
        """The citizen appeals against how it ended."""
        return CitizenDid(Moment(day, time(20, 10)), LegalEventKind.APPEALED, words)

    def citizen_says(self, day: int, solved: str, comment: str) -> SurveyAnswered:
        """The citizen answers the survey."""
        pleased = solved == "yes"
        replies = {
            "solved": solved,
            "understood": "yes",
            "dignified": "yes" if pleased else "partly",
            "rating": "5" if pleased else "2",
            "comment": comment,
        }
        return SurveyAnswered(Moment(day, time(19, 30)), replies)

    def _clerk(self, day: int, at: time, element: str, values: Mapping[str, object]) -> TaskDone:
        return TaskDone(Moment(day, at), self.cast.clerk, element, values)

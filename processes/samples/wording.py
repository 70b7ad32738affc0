"""What citizens brought: the words of a petition and of what was answered to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Wording:
    """A petition in its writer's own words, and the office's answer where there is one.

    Texts may name a place of the entity in braces: `{street}`. `name` and `number` identify a petitioner
    who gave them, an organisation by its NIT (`document`); `reply_to` is their address, of mail or of
    post; all are empty for an anonymous one. `topic` is a code of the entity's list.
    """

    kind: str
    subject: str
    body: str
    topic: str = ""
    name: str = ""
    number: str = ""
    document: str = "CC"
    reply_to: str = ""
    answer: str = ""

    def placed(self, words: Mapping[str, str]) -> "Wording":
        """The same with the places of an entity, each by its name in the texts."""
        return replace(
            self,
            subject=self.subject.format_map(words),
            body=self.body.format_map(words),
            answer=self.answer.format_map(words),
            reply_to=self.reply_to.format_map(words),
        )

    def form(self) -> dict[str, str]:
        """What its writer filled in the single form."""
        form = {
            "kind": self.kind,
            "subject": self.subject,
            "body": self.body,
            "topic": self.topic,
            "privacy_notice": "true",
        }
        if not self.name:
            return form | {"anonymous": "true"}
        written = {"full_name": self.name, "document_type": self.document, "document_number": self.number}
        mail = "@" in self.reply_to
        where = {"email" if mail else "address": self.reply_to, "reply_by": "email" if mail else "letter"}
        return form | written | where

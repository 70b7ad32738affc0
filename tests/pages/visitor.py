"""Somebody at a browser without JavaScript: opens pages, fills in forms, presses buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from httpx2 import Response
from lxml import html
from starlette.testclient import TestClient

from processes.common.audit import SYSTEM
from processes.directory.accounts import set_password
from processes.directory.people import Person
from processes.petitions.office import Office

PASSWORD = "una clave bien larga"
File = tuple[str, bytes, str]


@dataclass(frozen=True)
class Seen:
    """A page as it came."""

    response: Response

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        return self.response.url.raw_path.decode()

    @property
    def root(self) -> html.HtmlElement:
        return html.fromstring(self.response.text)

    @property
    def text(self) -> str:
        """What a person reads, each run of blanks as one space."""
        return _words(self.root)

    def all(self, path: str) -> list[html.HtmlElement]:
        """The elements at an XPath."""
        return [each for each in self.root.xpath(path) if isinstance(each, html.HtmlElement)]

    def of_class(self, name: str) -> list[str]:
        """What stands in each element of a class."""
        return [_words(each) for each in self.root.find_class(name)]

    def of_id(self, name: str) -> str:
        """What stands in the element of an id; empty where there is none."""
        found = self.root.get_element_by_id(name, None)
        return "" if found is None else _words(found)

    def form(self, action: str) -> dict[str, str]:
        """What the form that goes to `action` would send as it stands."""
        (form,) = [form for form in self.root.forms if form.action == action]
        return {name: value for name, value in form.form_values() if isinstance(value, str)}


class Visitor:
    """One browser: its own cookies, its own connection."""

    def __init__(self, client: TestClient, office: Office) -> None:
        self.client = client
        self._office = office

    def open(self, address: str) -> Seen:
        return Seen(self.client.get(address))

    def send(
        self,
        address: str,
        values: Mapping[str, str | Sequence[str]],
        *,
        files: Sequence[tuple[str, File]] = (),
    ) -> Seen:
        """Send a form and follow where it leads."""
        return Seen(self.client.post(address, data=dict(values), files=list(files) or None))

    def press(self, page: Seen, action: str, **changes: str | Sequence[str]) -> Seen:
        """Send the form of `page` that goes to `action`, with what the visitor typed or chose."""
        return self.send(action, {**page.form(action), **changes})

    def sign_in(self, person: Person) -> Seen:
        set_password(
            self._office.engine, person.username, password=PASSWORD, by=SYSTEM, now=self._office.now()
        )
        return self.send("/ingresar", {"username": person.username, "password": PASSWORD})


def _words(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())

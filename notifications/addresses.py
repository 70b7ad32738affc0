"""Mail addresses: which ones can be written to, and how they travel."""

import re
from email.headerregistry import Address
from email.utils import parseaddr

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[^\W_](?:[^\W_]|-)*(?<!-)")
_LONGEST_ADDRESS = 254
_LONGEST_LOCAL_PART = 64


def is_valid_address(text: str) -> bool:
    """Whether `text` is an address that the office can write to.

    Letters beyond ASCII are allowed (RFC 6531); quoted names, comments and numeric hosts are not.
    The domain needs a dot, because `ana@gmail` is a slip; only `localhost` stands without one.
    """
    local_part, _, domain = text.rpartition("@")
    if len(text) > _LONGEST_ADDRESS or len(local_part) > _LONGEST_LOCAL_PART:
        return False
    if not _LOCAL_PART.fullmatch(local_part) or _ascii_domain(domain) is None:
        return False
    return domain.lower() == "localhost" or "." in domain


def to_address(text: str, *, display_name: str = "") -> Address:
    """The address as a header value, its domain in ASCII. Raises ValueError if not valid."""
    local_part, _, domain = text.rpartition("@")
    ascii_domain = _ascii_domain(domain)
    if not is_valid_address(text) or ascii_domain is None:
        raise ValueError("not a mail address")
    return Address(display_name=display_name, username=local_part, domain=ascii_domain)


def to_mailbox(text: str) -> Address:
    """An address with or without a name before it: `Alcaldía de Villa <pqrsd@villa.gov.co>`.

    Raises ValueError when the address is not valid.
    """
    display_name, address = parseaddr(text)
    return to_address(address, display_name=display_name)


def _ascii_domain(domain: str) -> str | None:
    if not all(_LABEL.fullmatch(label) for label in domain.split(".")):
        return None
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None

"""Errors that speak to someone: a status for programs, a Spanish sentence for people."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar


class OfficeError(Exception):
    """A refusal that a person can understand and act on.

    `message` says in Spanish what happened and what to do; it is shown as it stands, so it never
    holds a secret or another person's data. `status` is the HTTP status, `code` the slug of the
    problem type (RFC 9457).
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal-error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SignInNeeded(OfficeError):
    """Nobody is signed in, and the act needs somebody."""

    status = 401
    code = "sign-in-needed"


class Forbidden(OfficeError):
    """Somebody is signed in, but their role does not allow the act."""

    status = 403
    code = "forbidden"


class NotFound(OfficeError):
    """There is no such thing, or the asker may not know that there is."""

    status = 404
    code = "not-found"


class Conflict(OfficeError):
    """Somebody else acted first; the message says who did what."""

    status = 409
    code = "conflict"


class TooLarge(OfficeError):
    """More bytes than the office takes; the message says how many it takes."""

    status = 413
    code = "too-large"


class Invalid(OfficeError):
    """What was sent cannot be accepted; `fields` says why, by the name of the field."""

    status = 422
    code = "invalid"

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields: Mapping[str, str] = MappingProxyType(dict(fields or {}))


class TooMany(OfficeError):
    """Too many attempts in a short time."""

    status = 429
    code = "too-many-requests"

    def __init__(self, message: str, *, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(OfficeError):
    """Something that the office needs (database, disk) does not answer now; trying again helps."""

    status = 503
    code = "unavailable"

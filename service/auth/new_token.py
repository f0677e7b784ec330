"""Validates the input for a new token: name, role and expiry."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from schema.rules import Code, Problem
from service.auth.callers import TIME_FORMAT, Role, now
from service.errors import InvalidRecord

# The name is stored as the author of revisions, whose column has this limit.
NAME_MOST = 200

_FIELDS = ("name", "role", "expires")
_DURATION = re.compile(r"([1-9][0-9]{0,4})([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NewToken(NamedTuple):
    """Valid input for a new token. Without `expires_at` it is valid until it is revoked."""

    name: str
    role: Role
    expires_at: str | None = None


def read_new_token(values: Mapping[str, Any]) -> NewToken:
    """Validates the input. Raises InvalidRecord with all problems."""
    name, role, expires = (values.get(field) for field in _FIELDS)
    expires_at = _expiry(expires) if isinstance(expires, str) else None
    checked = (_name_problem(name), _role_problem(role), _expiry_problem(expires, expires_at))
    problems = [*_unknown_fields(values), *(problem for problem in checked if problem)]
    if problems:
        raise InvalidRecord(problems)
    return NewToken(str(name).strip(), Role(str(role)), expires_at)


def _unknown_fields(values: Mapping[str, Any]) -> list[Problem]:
    message = f"Unknown field. Fields of a token: {', '.join(_FIELDS)}."
    return [Problem((name,), Code.UNKNOWN_FIELD, message) for name in values if name not in _FIELDS]


def _name_problem(name: Any) -> Problem | None:
    if not isinstance(name, str) or not name.strip():
        return Problem(
            ("name",), Code.MISSING, "`name` is missing: name the client that will use the token."
        )
    if len(name) > NAME_MOST:
        return Problem(
            ("name",), Code.TOO_LONG, f"The name must have at most {NAME_MOST} characters."
        )
    if not name.isprintable():
        return Problem(("name",), Code.BAD_CHARACTER, "The name must be one line of plain text.")
    return None


def _role_problem(role: Any) -> Problem | None:
    if role in list(Role):
        return None
    message = f"`role` must be one of: {', '.join(Role)}."
    return Problem(("role",), Code.MISSING if role is None else Code.UNKNOWN_TERM, message)


def _expiry_problem(expires: Any, expires_at: str | None) -> Problem | None:
    if expires is None:
        return None
    if expires_at is None:
        message = "`expires` must be like 12h, 90d, 4w or 2027-12-31."
        return Problem(("expires",), Code.BAD_DATE, message)
    if expires_at <= now():
        return Problem(("expires",), Code.BAD_DATE, f"{expires} is in the past; use a later day.")
    return None


def _expiry(expires: str) -> str | None:
    """The end of a duration from now or of a day; None if `expires` is neither."""
    if duration := _DURATION.fullmatch(expires):
        length = timedelta(**{_UNITS[duration[2]]: int(duration[1])})
        return (datetime.now(UTC) + length).strftime(TIME_FORMAT)
    try:
        return f"{date.fromisoformat(expires)}T23:59:59Z" if _DAY.fullmatch(expires) else None
    except ValueError:
        return None

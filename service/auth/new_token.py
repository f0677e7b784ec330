"""What a token is to be: its name, its role and its end, as somebody asks for them."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from schema.rules import Code, Problem
from service.auth.callers import TIME_FORMAT, Role, now
from service.errors import InvalidRecord

# The name is the author of revisions, and these take no longer one.
NAME_MOST = 200

_FIELDS = ("name", "role", "expires")
_SPAN = re.compile(r"([1-9][0-9]{0,4})([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NewToken(NamedTuple):
    """A token that can be made. Without `expires_at` it lives until it is revoked."""

    name: str
    role: Role
    expires_at: str | None = None


def read_new_token(given: Mapping[str, Any]) -> NewToken:
    """What is asked for, once all of it is good. Raises InvalidRecord with every problem."""
    name, role, expires = (given.get(field) for field in _FIELDS)
    end = _end(expires) if isinstance(expires, str) else None
    found = (_name_problem(name), _role_problem(role), _end_problem(expires, end))
    problems = [*_unknown_fields(given), *(problem for problem in found if problem)]
    if problems:
        raise InvalidRecord(problems)
    return NewToken(str(name).strip(), Role(str(role)), end)


def _unknown_fields(given: Mapping[str, Any]) -> list[Problem]:
    message = f"A token has no such field; it has: {', '.join(_FIELDS)}."
    return [Problem((name,), Code.UNKNOWN_FIELD, message) for name in given if name not in _FIELDS]


def _name_problem(name: Any) -> Problem | None:
    if not isinstance(name, str) or not name.strip():
        return Problem(("name",), Code.MISSING, "Say by `name` who or what will use the token.")
    if len(name) > NAME_MOST:
        return Problem(("name",), Code.TOO_LONG, f"The name is longer than {NAME_MOST} characters.")
    if not name.isprintable():
        return Problem(("name",), Code.BAD_CHARACTER, "The name must be one line of plain text.")
    return None


def _role_problem(role: Any) -> Problem | None:
    if role in list(Role):
        return None
    message = f"Say by `role` what the token may do: {', '.join(Role)}."
    return Problem(("role",), Code.MISSING if role is None else Code.UNKNOWN_TERM, message)


def _end_problem(expires: Any, end: str | None) -> Problem | None:
    if expires is None:
        return None
    if end is None:
        message = "Say by `expires` when the token ends, as 12h, 90d, 4w or 2027-12-31."
        return Problem(("expires",), Code.BAD_DATE, message)
    if end <= now():
        return Problem(("expires",), Code.BAD_DATE, f"{expires} is over; name a later day.")
    return None


def _end(expires: str) -> str | None:
    """The last moment of a span that begins now, or of a day; None for what is neither."""
    if span := _SPAN.fullmatch(expires):
        length = timedelta(**{_UNITS[span[2]]: int(span[1])})
        return (datetime.now(UTC) + length).strftime(TIME_FORMAT)
    try:
        return f"{date.fromisoformat(expires)}T23:59:59Z" if _DAY.fullmatch(expires) else None
    except ValueError:
        return None

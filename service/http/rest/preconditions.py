"""The conditions of a write (RFC 9110, 13.1) on the state of its target.

The tag of a record begins with the revision that was read (`entity_tags.py`). Only a record has
states that a client can name. Elsewhere a condition is rejected, so that no client relies on one
that is not checked.
"""

import re
from datetime import UTC, datetime

from starlette.requests import Request

from schema.rules import Code, Problem
from service.auth.callers import TIME_FORMAT
from service.errors import RevisionConflict
from service.writing.revision_check import Seen

# Excludes weak tags: they do not state that two bodies are equal, so no write may rely on them.
_TAG = re.compile(r'"([0-9]{1,15})-[^"]*"')
_ANY = "*"
# The formats of an HTTP-date (RFC 9110, 5.6.7). A header in another format is ignored.
_DATES = ("%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y")

_IF_MATCH, _IF_NONE_MATCH = "If-Match", "If-None-Match"
_IF_UNMODIFIED_SINCE = "If-Unmodified-Since"


def seen_of(request: Request) -> Seen:
    """Returns what the client has seen of the record that the URL names.

    The comparison follows once the record is found; for an unknown record it is not made.
    """
    if request.headers.get(_IF_NONE_MATCH) is not None:
        message = f"{_IF_NONE_MATCH} asks for something that does not exist"
        return Seen(refusal=_problem(f"{message}; send {_IF_MATCH}, or neither."))
    if_match = _list_in(request, _IF_MATCH)
    if if_match is not None:
        return _matched(if_match)
    return Seen(time=_date_in(request))


def _matched(if_match: str) -> Seen:
    if if_match == _ANY:
        return Seen()
    tags = (_TAG.fullmatch(each.strip()) for each in if_match.split(","))
    revisions = [int(tag[1]) for tag in tags if tag]
    if revisions:
        return Seen(revision=max(revisions))
    message = f"{_IF_MATCH} holds no entity tag of a record"
    return Seen(refusal=_problem(f"{message}; give the ETag that GET answered with."))


def refuse_conditions(request: Request, instead: str) -> None:
    """Raises RevisionConflict for a condition on a target that is not one record.

    `instead`: the advice in the message. `If-Match: *` is fulfilled, because the target exists.
    """
    given = None
    if _list_in(request, _IF_MATCH) not in (None, _ANY):
        given = _IF_MATCH
    elif request.headers.get(_IF_NONE_MATCH) is not None:
        given = _IF_NONE_MATCH
    elif request.headers.get(_IF_MATCH) is None and _date_in(request) is not None:
        given = _IF_UNMODIFIED_SINCE
    if given is not None:
        raise RevisionConflict([_problem(f"{given} can't be compared here; {instead}", given)])


def _list_in(request: Request, name: str) -> str | None:
    """Returns a list header, whose lines form one list; None without the header."""
    lines = request.headers.getlist(name)
    return ", ".join(lines).strip() if lines else None


def _date_in(request: Request) -> str | None:
    """Returns the time of If-Unmodified-Since in the format of revisions; None if it is invalid."""
    given = request.headers.get(_IF_UNMODIFIED_SINCE, "").strip()
    for form in _DATES:
        try:
            return datetime.strptime(given, form).replace(tzinfo=UTC).strftime(TIME_FORMAT)
        except ValueError:
            continue
    return None


def _problem(message: str, at: str = "ifRevision") -> Problem:
    return Problem((at,), Code.CONFLICT, message)

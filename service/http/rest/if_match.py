"""The headers If-Match and If-None-Match of a write (RFC 9110): which state it is meant for.

The tag of a record begins with the revision that it was read from (`entity_tags.py`).
"""

import re

from schema.rules import Code, Problem
from service.errors import RevisionConflict

# Not a weak one: it does not say that two bodies are the same, so nothing may be changed by it.
_TAG = re.compile(r'"([0-9]{1,15})-[^"]*"')


def matched_revision(if_match: str | None) -> int | None:
    """The newest revision that the header names; None if any state matches.

    Raises RevisionConflict if it names none, since then no state can match.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    tags = (_TAG.fullmatch(each.strip()) for each in if_match.split(","))
    revisions = [int(tag[1]) for tag in tags if tag]
    if not revisions:
        message = "If-Match holds no entity tag of a record; give the ETag that GET answered with."
        raise RevisionConflict([Problem(("ifRevision",), Code.CONFLICT, message)])
    return max(revisions)


def check_if_none_match(if_none_match: str | None) -> None:
    """Raises RevisionConflict if the header is given: what is written to exists."""
    if if_none_match is not None:
        message = "If-None-Match asks for something that does not exist; send If-Match, or neither."
        raise RevisionConflict([Problem(("ifRevision",), Code.CONFLICT, message)])

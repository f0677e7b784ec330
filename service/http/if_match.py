"""The header If-Match (RFC 9110): which state of a record a client means to change.

The tag of a record begins with the revision that it was read from (`entity_tags.py`).
"""

import re

from schema.rules import Code, Problem
from service.errors import LostRace

# A weak tag does not say that two bodies are the same, so it is no ground to change one.
_TAGS = re.compile(r'\s*(?P<weak>W/)?"(?P<revision>[0-9]{1,15})-[^"]*"\s*(?:,|$)')


def matched_revision(if_match: str | None) -> int | None:
    """The newest revision that the header names; None where any state will do.

    Raises LostRace where it names none: the record can't be in a state that nobody can tell.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    revisions = [int(tag["revision"]) for tag in _TAGS.finditer(if_match) if not tag["weak"]]
    if not revisions:
        message = "If-Match holds no entity tag of a record; give the ETag that GET answered with."
        raise LostRace([Problem((), Code.CONFLICT, message)])
    return max(revisions)

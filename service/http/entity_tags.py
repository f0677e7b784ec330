"""Entity tags (RFC 9110): whether a client already has the response that it requests.

Over REST the tag of a record begins with the revision that was read, for `If-Match`. The rest is a
digest of the body, which alone decides whether two bodies are equal.
"""

import hashlib


def entity_tag(body: bytes, revision: int | None = None) -> str:
    """Returns the tag of a body, in quotes."""
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    return f'"{digest}"' if revision is None else f'"{revision}-{digest}"'


def is_known(tag: str, if_none_match: str) -> bool:
    """Whether the header `If-None-Match` has the tag, and so the client has the body."""
    if if_none_match.strip() == "*":
        return True
    return _digest(tag) in (_digest(each) for each in if_none_match.split(","))


def _digest(tag: str) -> str:
    return tag.strip().removeprefix("W/").strip('"').rpartition("-")[2]

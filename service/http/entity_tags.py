"""Entity tags (RFC 9110): whether a client has already what it asks for.

Over REST the tag of a record begins with the revision that it was read from, for `If-Match`; the
rest is a digest of the body, and alone decides whether two bodies are the same.
"""

import hashlib


def entity_tag(body: bytes, revision: int | None = None) -> str:
    """The tag of a body, in its quotes."""
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    return f'"{digest}"' if revision is None else f'"{revision}-{digest}"'


def is_known(tag: str, if_none_match: str) -> bool:
    """Whether what a client says that it has is the body of this tag."""
    if if_none_match.strip() == "*":
        return True
    return _digest(tag) in (_digest(each) for each in if_none_match.split(","))


def _digest(tag: str) -> str:
    return tag.strip().removeprefix("W/").strip('"').rpartition("-")[2]

"""Makes slugs of names."""

import re

from schema.values.names import normalised

__all__ = ["normalised", "slug_of"]

_NO_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_MOST = 80


def slug_of(name: str) -> str:
    """Returns a slug made of a name; empty if the name has no Latin letter or digit."""
    plain = _NO_SLUG.sub("-", normalised(name)).strip("-")
    return plain[:_SLUG_MOST].rstrip("-")

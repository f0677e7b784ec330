"""The forms of the responses of the reconciliation API: types, properties, candidates, rows."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from schema.vocabulary import ACTOR_KINDS, CODE_SCHEMES, Term
from service.engine.reconciling.matching import Actor, Candidate

Json = dict[str, Any]

_KINDS = MappingProxyType({term.code: term for term in ACTOR_KINDS.terms})
_FACTS = MappingProxyType(
    {
        "name": "Name in English",
        "slug": "Slug",
        "kind": "Kind of actor",
        "description": "Description",
        "aliases": "Other names",
    }
)

# The properties of an actor that `extend` can return, by id, each with its name. A query can match
# only the codes among them.
PROPERTIES: Mapping[str, str] = MappingProxyType(
    {**{term.code: term.label for term in CODE_SCHEMES.terms}, **_FACTS}
)


def types() -> list[Json]:
    """Returns the types: the kinds of actor."""
    return [_named(term) for term in ACTOR_KINDS.terms]


def types_like(text: str) -> list[Json]:
    """Returns the types whose id or name contains this text."""
    return [_named(term) for term in ACTOR_KINDS.terms if _is_like(text, term.code, term.label)]


def properties_like(text: str) -> list[Json]:
    """Returns the properties that a query may have and whose id or name contains this text."""
    return [_named(term) for term in CODE_SCHEMES.terms if _is_like(text, term.code, term.label)]


def proposed(most: int) -> list[Json]:
    """Returns the first `most` properties that `extend` can return of an actor."""
    named = [{"id": name, "name": label} for name, label in PROPERTIES.items()]
    return named[:most]


def _is_like(text: str, *names: str) -> bool:
    return any(text.casefold() in name.casefold() for name in names)


def _named(term: Term) -> Json:
    return {"id": term.code, "name": term.label, "description": term.description}


def _type_of(actor: Actor) -> Json:
    kind = actor["kind"]
    return {"id": kind, "name": _KINDS[kind].label if kind in _KINDS else kind}


def candidate(found: Candidate) -> Json:
    """Returns the JSON object of a candidate."""
    actor = found.actor
    return {
        "id": actor["id"],
        "name": actor["name"],
        **_described(actor),
        "type": [_type_of(actor)],
        "score": found.score,
        "match": found.is_match,
        "features": [{"id": "exact", "value": found.is_exact}],
    }


def suggestion(actor: Actor) -> Json:
    """Returns the JSON object of a suggested actor."""
    return {
        "id": actor["id"],
        "name": actor["name"],
        **_described(actor),
        "notable": [_type_of(actor)],
    }


def _described(actor: Actor) -> Json:
    """Returns the description, or else the codes, which distinguish actors of the same name."""
    codes = ", ".join(dict.fromkeys(code["value"] for code in actor["codes"]))
    text = actor["description"] or codes
    return {"description": text} if text else {}


def extended(ids: Iterable[str], properties: Iterable[str], actors: Mapping[str, Actor]) -> Json:
    """Returns the properties of actors; an id without an actor has no values."""
    names = list(properties)
    rows = {
        key: {name: list(_values(actors[key], name)) if key in actors else [] for name in names}
        for key in ids
    }
    return {"meta": [{"id": name, "name": PROPERTIES[name]} for name in names], "rows": rows}


def _values(actor: Actor, name: str) -> Iterator[Json]:
    if name == "aliases":
        texts: Iterable[str | None] = (alias["name"] for alias in actor["aliases"])
    elif name in _FACTS:
        texts = (actor[name],)
    else:
        texts = (code["value"] for code in actor["codes"] if code["scheme"] == name)
    for text in dict.fromkeys(texts):
        if text is not None:
            yield {"str": text}

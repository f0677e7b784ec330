"""Expensive mutations, sent by an editor. Each is refused: nothing is written."""

from typing import Any

from tests.hostile.request import Hostile, Json, many, written

_CREATE = "mutation($a: CreateActorInput!) { createActor(input: $a) { errors { code } } }"
_ACTOR: Json = {"slug": "BAD SLUG", "name": "x", "kind": "STATE"}
_RECORD = "mutation($s: RecordStatementInput!) { recordStatement(input: $s) { errors { code } } }"
_DELETE = 'm%: deleteActor(id: "actor_999999") { errors { code } }'


def _claims(count: int, **claim: Any) -> Json:
    """A statement whose claims refer to a support that does not exist."""
    claims = [{"support": {"id": "support_999999"}, "stance": "ASSERTS", **claim}] * count
    source, speaker = {"id": "source_999999"}, {"slug": "nobody"}
    return {"source": source, "speaker": speaker, "text": "x", "claims": claims}


WRITES: tuple[Hostile, ...] = (
    written("mutation: 50 roots", "mutation { " + many(50, _DELETE) + " }"),
    written("mutation: 500 aliases", "mutation { " + many(500, _DELETE) + " }"),
    written("mutation: 4,500 claims", _RECORD, s=_claims(4_500)),
    written("mutation: 9,000 equal claims with a note", _RECORD, s=_claims(9_000, note="x")),
    written(
        "mutation: 30,000 mentions",
        _RECORD,
        s=_claims(1) | {"mentions": [{"slug": f"a{n}"} for n in range(30_000)]},
    ),
    written(
        "mutation: 60,000 aliases of an actor",
        _CREATE,
        a=_ACTOR | {"aliases": [{"name": f"x{n}"} for n in range(60_000)]},
    ),
    written("mutation: a text of 900 kB", _CREATE, a=_ACTOR | {"name": "x" * 900_000}),
    written(
        "mutation: 15,000 wrong codes",
        _CREATE,
        a=_ACTOR | {"codes": [{"scheme": "NOTHING", "value": "x"}] * 15_000},
    ),
    written(
        "mutation: 15,000 codes",
        _CREATE,
        a=_ACTOR | {"codes": [{"scheme": "COW", "value": str(n)} for n in range(15_000)]},
    ),
    written(
        "mutation: 30,000 merged",
        'mutation($m: [ActorBy!]!) { mergeActors(keep: {slug: "nobody"}, merge: $m) '
        "{ errors { code } } }",
        m=[{"slug": f"a{n}"} for n in range(30_000)],
    ),
    written("mutation: unknown fields", _CREATE, a={f"nam{n}": 1 for n in range(20_000)}),
)

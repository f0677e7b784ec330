"""Documents that are expensive by their values: conditions, lists, defaults, names."""

import json

from tests.hostile.request import Hostile, Json, asked, many

_EDGE: Json = {"supportsGiven": {"some": {}}}
_ACTORS = "query($w: ActorFilter) { actors(where: $w) { totalCount } }"
_SUPPORTS = "query($w: SupportFilter) { supports(where: $w) { totalCount } }"
_DECIMALS = (
    "query($v: [Decimal!]) { supports(where: {quantity: {value: {in: $v}}}) { totalCount } }"
)


def _chain(depth: int, condition: Json) -> Json:
    """Returns a condition nested in `not` this many times."""
    for _ in range(depth):
        condition = {"not": condition}
    return condition


def _uses(times: int, use: str) -> str:
    return "{ " + many(times, f"r%: actors(first: 1, where: {use}) {{ totalCount }}") + " }"


def _words(count: int) -> list[str]:
    return [f"word {number}" for number in range(count)]


_TOO_DEEP = '{"not":' * 20_000 + "{}" + "}" * 20_000
_OR_USES = "{or: [" + "{name: {in: $s}} " * 190 + "]}"

VALUES: tuple[Hostile, ...] = (
    asked("conditions: 5,000 in a variable", _ACTORS, w={"or": [{"slug": {"eq": "a"}}] * 5_000}),
    asked("conditions: 20,000 in a variable", _ACTORS, w={"or": [{"slug": {"eq": "a"}}] * 20_000}),
    asked("conditions: 60,000 behind a text", _ACTORS, w={"or": ["a", *([{}] * 60_000)]}),
    asked("conditions: 2,400 edges in a variable", _ACTORS, w={"or": [_EDGE] * 2_400}),
    asked(
        "conditions: 1,600 different",
        _ACTORS,
        w={"or": [{"name": {"startsWith": f"a{n}"}} for n in range(1_600)]},
    ),
    asked(
        "conditions: in the document",
        "{ actors(where: {or: [" + "{supportsGiven: {some: {}}} " * 490 + "]}) { totalCount } }",
    ),
    asked(
        "conditions: a default used 50 times",
        "query($w: [ActorFilter!] = ["
        + "{supportsGiven: {some: {}}} " * 200
        + "]) "
        + _uses(50, "{or: $w}"),
    ),
    asked(
        "conditions: a variable used 50 times",
        "query($w: ActorFilter) " + _uses(50, "$w"),
        w={"or": [_EDGE] * 50},
    ),
    asked("conditions: chain of not", _ACTORS, w=_chain(17, {"slug": {"eq": "a"}})),
    Hostile(
        "conditions: nested too deeply",
        "/graphql",
        f'{{"query": {json.dumps(_ACTORS)}, "variables": {{"w": {_TOO_DEEP}}}}}',
    ),
    asked(
        "conditions: edges in edges",
        _SUPPORTS,
        w={
            "supporter": {
                "supportsGiven": {
                    "some": {
                        "recipient": {
                            "supportsReceived": {
                                "some": {
                                    "evidence": {
                                        "some": {
                                            "statement": {
                                                "speaker": {
                                                    "memberOf": {
                                                        "some": {"group": {"members": {"some": {}}}}
                                                    }
                                                }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        },
    ),
    asked(
        "conditions: text within every record",
        _SUPPORTS,
        w={"or": [{"summary": {"contains": f"x{n}"}} for n in range(2_000)]},
    ),
    asked(
        "orders: 200",
        "query($o: [SupportOrder!]) { supports(orderBy: $o) { totalCount } }",
        o=[{"supporter": {"name": "ASC"}}] * 200,
    ),
    asked(
        "orders: 20,000",
        "query($o: [SupportOrder!]) { supports(orderBy: $o) { nodes { id } } }",
        o=[{"supporter": {"name": "ASC"}}] * 20_000,
    ),
    asked(
        "lists: 60,000 strings used 190 times",
        "query($s: [String!]) { actors(where: " + _OR_USES + ") { totalCount } }",
        s=_words(60_000),
    ),
    asked(
        "lists: 60,000 strings used by 50 roots",
        "query($s: [String!]) " + _uses(50, "{name: {in: $s}}"),
        s=_words(60_000),
    ),
    asked(
        "lists: 60,000 equal strings",
        "query($s: [String!]) { actors(where: {name: {in: $s}}) { totalCount } }",
        s=["a"] * 60_000,
    ),
    asked("lists: 80,000 decimals", _DECIMALS, v=[str(n) for n in range(80_000)]),
    asked("lists: 80,000 numbers as decimals", _DECIMALS, v=list(range(80_000))),
    asked(
        "lists: 60,000 dates",
        "query($d: [EDTFDate!]) { supports(where: {startedOn: {in: $d}}) { totalCount } }",
        d=["2024-01-02"] * 60_000,
    ),
    asked(
        "lists: 60,000 invalid dates",
        "query($d: [EDTFDate!]) { supports(where: {startedOn: {in: $d}}) { totalCount } }",
        d=["20240-1-02"] * 60_000,
    ),
    asked(
        "lists: 80,000 ids",
        "query($i: [ID!]!) { nodes(ids: $i) { id } }",
        i=[f"actor_{n}" for n in range(60_000)],
    ),
    asked(
        "lists: 90,000 terms",
        "query($k: [SupportKind!]) { supports(where: {kind: {in: $k}}) { totalCount } }",
        k=["DRONES"] * 90_000,
    ),
    asked(
        "lists: 90,000 of the wrong type",
        "query($k: [SupportKind!]) { supports(where: {kind: {in: $k}}) { totalCount } }",
        k=["NOTHING"] * 90_000,
    ),
    asked("variables: one megabyte that is unknown", "{ revision { number } }", x="x" * 900_000),
    asked(
        "variables: 1,200 declared",
        "query(" + many(1_200, "$v%: Int") + ") { revision { number } }",
    ),
    asked(
        "variables: one used 1,600 times",
        "query($s: String) { actors(where: {or: ["
        + "{name: {eq: $s}} " * 600
        + "]}) { totalCount } }",
        s="a",
    ),
    asked(
        "names: 1,600 unknown fields", "{ supports { nodes { " + many(1_600, "suporter%") + " } } }"
    ),
    asked(
        "names: 600 unknown arguments", "{ actors(" + many(600, "were%: 1") + ") { totalCount } }"
    ),
    asked(
        "names: 900 unknown input fields",
        "{ actors(where: {" + many(900, "nam%: 1") + "}) { totalCount } }",
    ),
    asked(
        "names: 20,000 unknown fields in a variable",
        _ACTORS,
        w={f"nam{n}": 1 for n in range(20_000)},
    ),
    asked(
        "names: one unknown, very long",
        "{ actors(where: {" + "n" * 80_000 + ": 1}) { totalCount } }",
    ),
    asked("numbers: very long", "{ actors(first: " + "9" * 90_000 + ") { totalCount } }"),
    asked("numbers: a decimal of 900 kB", _DECIMALS, v=["9" * 900_000]),
    asked("numbers: exponents", _DECIMALS, v=["1e999999999"] * 1_000),
    asked(
        "cursors: 100 kB",
        "query($a: String) { supports(after: $a) { nodes { id } } }",
        a="A" * 100_000,
    ),
    asked(
        "cursors: deep JSON",
        "query($a: String) { supports(after: $a) { nodes { id } } }",
        a="W1tbW1tbW1tb" * 10_000,
    ),
    asked(
        "enum: 90,000 invalid terms in the document",
        "{ supports(where: {kind: {in: [" + "NOTHING " * 4_900 + "]}}) { totalCount } }",
    ),
)

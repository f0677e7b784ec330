"""Documents that are expensive by their shape: deep, broad, repeated, merged, unused."""

from schema.vocabulary import SUPPORT_KINDS, SUPPORT_PHASES
from tests.hostile.request import Hostile, asked, many, nested

_PAGE = "supporter { supportsGiven(first: 1) { nodes { "
_FACTS = "totalCount pageInfo { hasNextPage endCursor } "
_KINDS, _PHASES = " ".join(SUPPORT_KINDS.codes), " ".join(SUPPORT_PHASES.codes)


def _exponential(levels: int) -> str:
    """Each fragment spreads the next one twice."""
    steps = many(levels, "fragment f% on Support { ...f%! ...f%! }")
    for level in range(levels):
        steps = steps.replace(f"f{level}!", f"f{level + 1}")
    return steps + f" fragment f{levels} on Support {{ id }}"


def _chain(length: int) -> str:
    """Each fragment spreads the next one."""
    steps = many(length, "fragment f% on Support { ...f%! }")
    for level in range(length):
        steps = steps.replace(f"f{level}!", f"f{level + 1}")
    return steps + f" fragment f{length} on Support {{ id }}"


def _merged(times: int) -> str:
    """Fields of one name, which validation must compare with each other."""
    return many(times, "supporter { id ...on Actor { name supportsGiven { nodes { id kind } } } }")


SHAPES: tuple[Hostile, ...] = (
    asked(
        "depth: pages within pages",
        "{ supports(first: 1) { nodes { " + nested(_PAGE, 5, "id") + "} } }",
    ),
    asked(
        "depth: pages with everything",
        "{ supports(first: 1) { "
        + _FACTS
        + "nodes { "
        + nested("supporter { supportsGiven(first: 1) { " + _FACTS + "nodes { ", 5, "id")
        + "} } }",
    ),
    asked("depth: beyond the limit", "{ supports { nodes { " + nested(_PAGE, 200, "id") + "} } }"),
    asked("depth: braces only", "{" * 4_000),
    asked(
        "depth: list values",
        "{ actors(where: {or: " + "[" * 2_000 + "]" * 2_000 + "}) { nodes { id } } }",
    ),
    asked(
        "breadth: 1,990 fields",
        "{ supports(first: 1) { nodes { " + many(660, "supporter { id name }") + " } } }",
    ),
    asked(
        "breadth: 50 roots",
        "{"
        + many(50, "r%: supports(first: 20) { totalCount nodes { id supporter { name } } }")
        + "}",
    ),
    asked("breadth: 5,000 tokens of one name", "{ actors { nodes { " + "id " * 4_980 + "} } }"),
    asked(
        "aliases: 200",
        "{ supports(first: 1) { nodes { " + many(200, "a%: supporter { id }") + " } } }",
    ),
    asked(
        "aliases: 200 pages",
        "{ actors(first: 1) { nodes { "
        + many(200, "a%: supportsGiven(first: 1) { nodes { id } }")
        + " } } }",
    ),
    asked("aliases: 2,000", "{ actors { nodes { " + many(2_000, "a%: id") + " } } }"),
    asked(
        "fragments: one used 200 times",
        "{ supports { nodes { "
        + "...f " * 200
        + "} } } fragment f on Support { id supporter { id name } recipient { id name } }",
    ),
    asked("fragments: exponential", "{ supports { nodes { ...f0 } } } " + _exponential(25)),
    asked("fragments: exponential, unused", "{ supports { nodes { id } } } " + _exponential(300)),
    asked("fragments: a chain of 600", "{ supports { nodes { ...f0 } } } " + _chain(600)),
    asked(
        "fragments: cyclic",
        "{ supports { nodes { ...a } } } fragment a on Support { ...b } "
        "fragment b on Support { ...a }",
    ),
    asked(
        "fragments: a cycle of 600, unused",
        "{ supports { nodes { id } } } " + _chain(600).replace("{ id }", "{ ...f0 }"),
    ),
    asked(
        "fragments: 800 unused",
        "{ supports { nodes { id } } } " + many(800, "fragment f% on Actor { id }"),
    ),
    asked("fragments: unknown", "{ supports { nodes { " + many(1_600, "...f%") + " } } }"),
    asked(
        "fragments: of 1,200 inline kinds",
        "{ supports { nodes { " + "...on Support { id } " * 1_000 + "} } }",
    ),
    asked(
        "directives: 700 of include",
        "{ supports { nodes { " + "id @include(if: true) " * 700 + "} } }",
    ),
    asked(
        "directives: 1,200 on one field",
        "{ supports { nodes { id " + "@include(if: true) " * 800 + "} } }",
    ),
    asked("directives: unknown", "{ supports { nodes { id " + many(2_400, "@d%") + " } } }"),
    asked("merging: 200 equal selections", "{ supports { nodes { " + _merged(200) + " } } }"),
    asked(
        "merging: in an unused fragment",
        "{ supports { nodes { id } } } fragment f on Support { " + _merged(230) + " }",
    ),
    asked(
        "merging: 40 fragments with each other",
        "{ supports { nodes { "
        + many(40, "...f%")
        + " } } } "
        + many(
            40,
            "fragment f% on Support { supporter { "
            "supportsGiven { nodes { recipient { id name } kind } } } }",
        ),
    ),
    asked(
        "merging: conflicts",
        "{ supports { nodes { " + many(700, "a: id a: kind a: phase") + " } } }",
    ),
    asked(
        "merging: nested equal pages",
        "{ supports { nodes { "
        + " ".join(nested("supporter { supportsGiven { nodes { ", 6, "id") for _ in range(60))
        + " } } }",
    ),
    asked(
        "totals: by everything, 20 times",
        "{"
        + many(
            20,
            "t%: supportTotals(groupBy: [SUPPORTER, RECIPIENT, AGAINST, KIND, YEAR, CONFLICT,"
            " UNIT], kindLevel: 1, orderBy: {certain: {worth: {value: DESC}}}, first: 500) {"
            " totalCount nodes { supporter { name } certain { supports worth { value } } } }",
        )
        + "}",
    ),
    asked(
        "networks: 8 of four hops, with filters",
        "{"
        + many(
            8,
            'n%: network(around: [{slug: "russia"}, {slug: "iran"}], hops: 4, first: 100,'
            ' measure: WORTH, currency: "EUR", where: {supporter: {kind: {eq: STATE}}}) {'
            " nodeCount complete nodes { actor { name } hop given } edges { supporter { name }"
            " contested kinds datasets { slug } parts { kind contested } } }",
        )
        + "}",
    ),
    asked(
        "networks: a list under 500 aliases",
        "{ network { " + many(500, "e%: edges { certain }") + " } }",
    ),
    asked("networks: beyond the limits", "{ network(hops: 99, first: 1000000000) { edgeCount } }"),
    asked(
        "paths: 7 of four steps, forward",
        "{"
        + many(
            7,
            'p%: paths(from: {slug: "iran"}, to: {slug: "ukraine"}, maxHops: 4, time: FORWARD,'
            " first: 20) { steps { supporter { name } supports(first: 5) { totalCount nodes {"
            " id } } } }",
        )
        + "}",
    ),
    asked(
        "positions: of all actors, by every unit",
        "{ actors(first: 20) { nodes { "
        + many(
            20,
            'p%: position(unit: "EUR", from: 1, until: 9999, first: 9, where: {supporter: {kind:'
            " {eq: STATE}}}) { given kinds { kind given suppliers } supply { total herfindahl"
            " largestSupplier { name } } }",
        )
        + " } } }",
    ),
    asked(
        "positions: within positions",
        "{ actors(first: 5) { nodes { "
        + nested("position(first: 2) { supply { herfindahl largestSupplier { ", 5, "id")
        + " } } }",
    ),
    asked(
        "positions: beyond the limits",
        '{ actors { nodes { position(unit: "x", from: -1, until: 99999, first: 0) { given } } } }',
    ),
    asked(
        "search: every letter, 40 times",
        "{"
        + many(
            40,
            's%: search(text: "a b c d e f g h i j k l m n o p q r s t u v w x y z", first: 99)'
            " { totalCount nodes { text matches { start end } record { id } } }",
        )
        + "}",
    ),
    asked(
        "search: one letter, 50 times",
        "{" + many(50, 's%: search(text: "a") { totalCount nodes { text } }') + "}",
    ),
    *(
        asked(
            f"panels: {times} of all years and all kinds",
            "{"
            + many(
                times,
                f'p%: panel(unit: DIRECTED_DYAD_YEAR, datasets: ["rutte-2024"], kinds: [{_KINDS}],'
                f" phases: [{_PHASES}], from: 1, to: 9999, covered: true, first: 100) {{ totalCount"
                " nodes { year supporter { name } recipient { name } cells { kind certain missing }"
                " } }",
            )
            + "}",
        )
        for times in (1, 20)
    ),
    asked(
        "panels: a year under 500 aliases",
        '{ panel(unit: ACTOR_YEAR, datasets: ["rutte-2024"], phases: [PLEDGED], from: 2024,'
        " to: 2024) { " + many(500, "n%: nodes { year }") + " } }",
    ),
    asked("search: a text of 90 kB", '{ search(text: "' + "ab " * 30_000 + '") { totalCount } }'),
    asked("operations: 600", many(600, "query q% { revision { number } }")),
    asked("comments: 100 kB", "{ revision { number } } #" + "x" * 90_000),
    asked("text: commas", "{ revision { number " + "," * 90_000 + "} }"),
    asked("text: one name of 90 kB", "{ " + "a" * 90_000 + " }"),
    asked("text: beyond the limit", "{ " + "a " * 200_000 + " }"),
)

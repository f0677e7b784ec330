"""The rows of the generated data: the same for the same sizes, on every machine.

Each function yields the rows of one table as tuples in the order of its `COLUMNS`. The shares of
kinds, date precisions and gaps are invented, but typical of real data sets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from bench.generated.sample_text import (
    KIND_WEIGHTS,
    PLACES,
    SENTENCES,
    STATES,
    actor_name,
    slug_of,
    summary,
    unit_of,
)
from schema.vocabulary import ACTOR_KINDS, RELIABILITIES, STANCES, SUPPORT_PHASES

Row = tuple[object, ...]

MOST_STATEMENTS_A_SUPPORT = 6
_BETWEEN_PLACES = 1 / 16


@dataclass(frozen=True)
class Sizes:
    """The number of rows per table.

    `relations`: the number of combinations of a supporter, a recipient and a kind; None: no limit.
    `documented`: the number of supports, from the first, that have a summary and statements; None:
    all. `placed`: the number of actors, from the first, that are states with a code of ISO 3166-1,
    which a map can place. One support in 16 is between two of them.
    """

    actors: int = 5_000
    sources: int = 4_000
    supports: int = 200_000
    statements: int = 400_000
    relations: int | None = None
    documented: int | None = None
    placed: int = 0

    def is_documented(self, support: int) -> bool:
        """Whether a support has a summary and statements, by its number."""
        return self.documented is None or support <= self.documented


COLUMNS = {
    "revision": ("number", "time", "author", "message"),
    "dataset": ("id", "slug", "title", "version", "licence", "citation"),
    "actor": ("id", "slug", "name", "kind", "description"),
    "actor_code": ("id", "actor_id", "scheme", "value"),
    "source": ("id", "title", "url", "publisher_id", "published_on", "reliability"),
    "statement": (
        *("id", "text", "quoted", "language", "speaker_id", "said_on", "source_id", "credibility"),
    ),
    "support": (
        *("id", "supporter_id", "recipient_id", "kind", "phase", "summary", "place"),
        *("started_on", "ended_on", "dataset_id", "quantity_value", "quantity_low"),
        *("quantity_high", "quantity_unit", "quantity_estimated", "worth_value", "worth_low"),
        *("worth_high", "worth_unit", "worth_currency", "worth_estimated"),
    ),
    "evidence": ("id", "support_id", "statement_id", "stance"),
}


def revisions(sizes: Sizes, random: Random) -> Iterator[Row]:
    """The revision of all generated rows; the migrations create number 0."""
    yield 1, "2024-01-02T00:00:00Z", "bench", "Generated data."


def datasets(sizes: Sizes, random: Random) -> Iterator[Row]:
    """The data set of all supports."""
    yield 1, "generated", "Generated data", "1", "CC0-1.0", "None: the data is made up."


def actors(sizes: Sizes, random: Random) -> Iterator[Row]:
    """Actors with invented names; one in three has no description."""
    for number in range(1, sizes.actors + 1):
        name = actor_name(number)
        description = f"Known as “{name}” in the generated data." if number % 3 else None
        kind = random.choice(ACTOR_KINDS.codes)
        kind = "STATE" if number <= sizes.placed else kind
        yield number, slug_of(name), name, kind, description


def actor_codes(sizes: Sizes, random: Random) -> Iterator[Row]:
    """The codes of the states that a map can place."""
    for number, code in enumerate(STATES[: sizes.placed], start=1):
        yield number, number, "ISO_3166_1_ALPHA_2", code


def sources(sizes: Sizes, random: Random) -> Iterator[Row]:
    """Articles; one in eight has no grade."""
    for number in range(1, sizes.sources + 1):
        publisher = random.randint(1, sizes.actors)
        grade = random.choice(RELIABILITIES.codes) if number % 8 else None
        url = f"https://example.org/articles/{number}"
        yield number, f"Article {number}", url, publisher, date(random), grade


def statements(sizes: Sizes, random: Random) -> Iterator[Row]:
    """Statements of one to three sentences; one in five is a quotation."""
    for number in range(1, sizes.statements + 1):
        text = " ".join(random.choices(SENTENCES, k=1 + number % 3))
        speaker, source = random.randint(1, sizes.actors), random.randint(1, sizes.sources)
        credibility = random.randint(1, 6) if number % 4 else None
        quoted = number % 5 == 0
        yield number, text, quoted, "en", speaker, date(random), source, credibility


def supports(sizes: Sizes, random: Random) -> Iterator[Row]:
    """Supports; the commonest kind is about fifty times as common as the rarest."""
    for number, relation in enumerate(_relations(sizes, random), start=1):
        kind = str(relation[2])
        text = summary(kind, number) if sizes.is_documented(number) else None
        yield (
            *(number, *relation, random.choice(SUPPORT_PHASES.codes)),
            *(text, random.choice(PLACES)),
            *_period(number, random),
            *(1, *quantity_and_worth(kind, random)),
        )


def _relations(sizes: Sizes, random: Random) -> Iterator[Row]:
    """The supporter, the recipient and the kind of each support.

    Of a number of relations, the first is chosen most often, and the fourth half as often.
    """
    kinds, weights = tuple(KIND_WEIGHTS), tuple(KIND_WEIGHTS.values())

    def some(count: int) -> Iterator[Row]:
        for kind in random.choices(kinds, weights, k=count):
            yield *_ends(sizes, random), kind

    if sizes.relations is None:
        yield from some(sizes.supports)
    else:
        relations = list(some(sizes.relations))
        places = range(1, sizes.relations + 1)
        cumulated = list(accumulate(place**-0.5 for place in places))
        for _ in range(sizes.supports):
            yield random.choices(relations, cum_weights=cumulated)[0]


def _ends(sizes: Sizes, random: Random) -> list[int]:
    """Returns two different actors."""
    if sizes.placed and random.random() < _BETWEEN_PLACES:
        return random.sample(range(1, sizes.placed + 1), 2)
    return random.sample(range(1, sizes.actors + 1), 2)


def evidence(sizes: Sizes, random: Random) -> Iterator[Row]:
    """Each documented support has up to six statements, which are near it in order of entry."""
    number = 0
    near = range(min(100, sizes.statements))
    for support in filter(sizes.is_documented, range(1, sizes.supports + 1)):
        first = support * sizes.statements // sizes.supports
        for offset in random.sample(near, _count_statements(support)):
            number += 1
            statement = (first + offset) % sizes.statements + 1
            yield number, support, statement, random.choices(STANCES.codes, (8, 1, 1))[0]


def count_evidence(sizes: Sizes) -> int:
    """The number of rows of evidence."""
    documented = filter(sizes.is_documented, range(1, sizes.supports + 1))
    return sum(_count_statements(support) for support in documented)


def _count_statements(support: int) -> int:
    return support % (MOST_STATEMENTS_A_SUPPORT + 1)


def date(random: Random, years: tuple[int, int] = (2000, 2024)) -> str | None:
    """A date with the precision of a day, a month or a year, or none."""
    chance, year = random.random(), random.randint(*years)
    if chance < 0.1:
        return None
    if chance < 0.25:
        return f"{year}"
    if chance < 0.5:
        return f"{year}-{random.randint(1, 12):02}"
    return f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def _period(number: int, random: Random) -> Row:
    """The start and end dates of a support; two in five have ended."""
    return date(random, (2000, 2014)), date(random, (2015, 2024)) if number % 5 < 2 else None


def quantity_and_worth(kind: str, random: Random) -> Row:
    """Returns value, low, high, unit, estimated; a worth has its currency before the last.

    Either is an amount, a range, or unknown.
    """
    chance, unit = random.random(), unit_of(kind)
    currency = random.choice(("EUR", "USD")) if unit == "CURRENCY" else None
    amount = random.randint(1, 9_999)
    if chance < 0.3:
        return (None,) * 11
    is_range = chance < 0.4
    value = None if is_range else f"{amount}.5" if currency else f"{amount}"
    bounds = (f"{amount}", f"{amount * 2}") if is_range else (None, None)
    estimated = is_range or chance > 0.8
    if currency:
        return *(None,) * 5, value, *bounds, unit, currency, estimated
    return value, *bounds, unit, estimated, *(None,) * 6


ROWS = {
    "revision": revisions,
    "dataset": datasets,
    "actor": actors,
    "actor_code": actor_codes,
    "source": sources,
    "statement": statements,
    "support": supports,
    "evidence": evidence,
}

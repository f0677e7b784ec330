"""The states since 1816: numbers from other sources, and unique codes at each time."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.core import get_global
from sqlalchemy import Engine

from schema.values.dates import partial_date
from seeds import Folder, bundled, on_request
from seeds.loader import load
from seeds.source import Entry
from tests.seeds.small import rows
from tests.seeds.test_shared_records import remove

# A list for comparison, which is not part of the project.
CODES = Path(__file__).parents[3] / "shared/data/country-codes/codelist_without_cldr.csv"

# Codes that differ in that list, and why ours are right for the state.
OTHERWISE = {
    # Since 1990 COW has given united Germany 255 again; Gleditsch and Ward go on with 260.
    ("DEU", "GLEDITSCH_WARD"): "260",
    # Gleditsch and Ward use a number for united Yemen that was the northern one's.
    ("YEM", "GLEDITSCH_WARD"): "678",
    ("SRB", "COW"): "345",
    ("SRB", "GLEDITSCH_WARD"): "340",
    ("VNM", "COW"): "816",
    ("VNM", "GLEDITSCH_WARD"): "816",
}


@cache
def countries() -> Folder:
    (found,) = on_request()
    return found


@cache
def stated(concept: str) -> tuple[Entry, ...]:
    entries = [entry for entry in countries().entries() if isinstance(entry, Entry)]
    return tuple(entry for entry in entries if entry.concept == concept)


def codes(scheme: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for actor in stated("Actor"):
        for code in actor.fields.get("codes", ()):
            if code["scheme"] == scheme:
                yield actor.key, code


def holds(period: Mapping[str, Any], first: str, last: str) -> bool:
    """Whether the period has a day from the first to the last. A year stands for its days."""
    start, end = period.get("startedOn"), period.get("endedOn")
    has_begun = start is None or partial_date(start).earliest <= last
    return has_begun and (end is None or partial_date(end).latest >= first)


@pytest.mark.parametrize(
    ("scheme", "year", "number"),
    [
        ("COW", 1816, 23),
        ("COW", 2016, 195),
        # 239 periods, of which 42 have ended.
        ("GLEDITSCH_WARD", 2016, 239 - 42),
    ],
)
def test_as_many_states_as_the_systems_have(scheme: str, year: int, number: int) -> None:
    found = {c["value"] for _, c in codes(scheme) if holds(c, f"{year}-01-01", f"{year}-12-31")}
    assert len(found) == number


@pytest.mark.parametrize(
    # The lists give Russia, Yugoslavia and (Gleditsch and Ward) Yemen one number throughout. If it
    # passes from one state to the next, there is one period more.
    ("scheme", "numbers", "periods", "more"),
    [("COW", 217, 243, 2 + 2), ("GLEDITSCH_WARD", 225, 239, 2 + 1)],
)
def test_as_many_periods_as_the_lists_have(
    scheme: str, numbers: int, periods: int, more: int
) -> None:
    found = [code for _, code in codes(scheme)]
    assert len({code["value"] for code in found}) == numbers
    assert len(found) == periods + more


MEMBERS = {
    "nato": {"1949": 12, "1953": 14, "1956": 15, "1983": 16, "2000": 19, "2005": 26}
    | {"2010": 28, "2018": 29, "2021": 30, "2023-12-31": 31, "2024-12-31": 32},
    "european-union": {"1958": 6, "1974": 9, "1982": 10, "1987": 12, "1996": 15, "2005": 25}
    | {"2008": 27, "2014": 28, "2024": 27},
    "csto": {"2003": 6, "2010": 7, "2024": 6},
    "warsaw-pact": {"1960": 8, "1970": 7, "1990-12-31": 6, "1992": 0},
    "seato": {"1960": 8, "1975": 7, "1978": 0},
    "african-union": {"2003": 53, "2012": 54, "2024": 55},
    "arab-league": {"1945-04-01": 6, "1980": 21 + 1, "1991": 21, "2024": 22},
}


@pytest.mark.parametrize(
    ("organisation", "date", "number"),
    [(name, *pair) for name, pairs in MEMBERS.items() for pair in pairs.items()],
)
def test_as_many_members_as_the_organisation_had(organisation: str, date: str, number: int) -> None:
    last = partial_date(date).latest
    found = [m.fields for m in stated("Membership") if m.fields["organisation"] == organisation]
    assert len([m for m in found if holds(m, last, last)]) == number


def test_a_code_is_one_states_at_a_time() -> None:
    held: dict[tuple[str, str], list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
    for actor in stated("Actor"):
        for code in actor.fields.get("codes", ()):
            held[code["scheme"], code["value"]].append((actor.key, code))
    for name, periods in held.items():
        for (one, first), (other, second) in combinations(periods, 2):
            start = partial_date(second.get("startedOn", "0001")).earliest
            end = partial_date(second.get("endedOn", "9999")).latest
            assert not holds(first, start, end), (name, one, other)


def test_the_codes_of_iso_3166_belong_together() -> None:
    aliases = get_global("territory_aliases")
    of_actor: dict[str, list[dict[str, str]]] = defaultdict(list)
    for place, scheme in enumerate(("ISO_3166_1_ALPHA_3", "ISO_3166_1_ALPHA_2")):
        for actor, code in codes(scheme):
            if place == 0:
                of_actor[actor].append(dict(code))
            elif "endedOn" not in code:
                (three,) = (c["value"] for c in of_actor[actor] if "endedOn" not in c)
                assert aliases[three] == [code["value"]], actor
    # Members of the United Nations; Taiwan, Palestine, Western Sahara; six former states.
    assert len({actor for actor, _ in codes("ISO_3166_1_ALPHA_2")}) == 193 + 3 + 6


def test_names_in_the_languages_of_the_states_are_those_of_cldr() -> None:
    two = {actor: code["value"] for actor, code in codes("ISO_3166_1_ALPHA_2")}
    found, same = 0, 0
    for actor in stated("Actor"):
        for alias in actor.fields.get("aliases", ()):
            locale = Locale.parse(alias["language"], sep="-")
            if actor.key in two and locale.language != "en" and alias.get("kind") == "NATIVE":
                found += 1
                same += locale.territories.get(two[actor.key]) == alias["name"]
    # CLDR sometimes changes a name, and has another one for North Korea.
    assert found > 200
    assert same >= 0.97 * found


def test_every_state_has_a_language_unless_it_is_gone_or_speaks_english() -> None:
    without = {
        actor.key
        for actor in stated("Actor")
        if all(alias["language"] == "en" for alias in actor.fields.get("aliases", ()))
        and any(
            code["scheme"] == "GLEDITSCH_WARD" and "endedOn" not in code
            for code in actor.fields.get("codes", ())
        )
    }
    assert {"united-states", "australia", "jamaica"} <= without
    assert not without & {"russia", "iran", "japan", "israel", "egypt", "brazil", "germany"}


SUCCESSIONS = {
    ("soviet-union", "russia", "CONTINUES"),
    ("soviet-union", "ukraine", "SPLITS_FROM"),
    ("east-germany", "germany", "MERGES_INTO"),
    ("germany", "east-germany", "SPLITS_FROM"),
    ("yugoslavia", "serbia", "CONTINUES"),
    ("yugoslavia", "slovenia", "SPLITS_FROM"),
    ("czechoslovakia", "czechia", "SPLITS_FROM"),
    ("czechoslovakia", "slovakia", "SPLITS_FROM"),
    ("north-yemen", "yemen", "MERGES_INTO"),
    ("south-yemen", "yemen", "MERGES_INTO"),
    ("south-vietnam", "vietnam", "MERGES_INTO"),
    ("sudan", "south-sudan", "SPLITS_FROM"),
}


def test_states_follow_each_other() -> None:
    fields = [entry.fields for entry in stated("Succession")]
    found = {(f["predecessor"], f["successor"], f["kind"]) for f in fields}
    assert found >= SUCCESSIONS
    assert len([f for f in fields if f["predecessor"] == "soviet-union"]) == 15


def test_the_list_that_others_use_has_the_same_codes() -> None:
    if not CODES.exists():
        return
    ours: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    of = {code["value"]: actor for actor, code in codes("ISO_3166_1_ALPHA_3")}
    for scheme in ("COW", "GLEDITSCH_WARD", "ISO_3166_1_ALPHA_2"):
        for actor, code in codes(scheme):
            ours[actor][scheme].add(code["value"])
    compared = 0
    with CODES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            three = row["iso3c"]
            theirs = {"COW": row["cown"], "GLEDITSCH_WARD": row["gwn"]}
            theirs["ISO_3166_1_ALPHA_2"] = row["iso2c"]
            for scheme, value in theirs.items():
                if three in of and value not in ("", "NA"):
                    expected = OTHERWISE.get((three, scheme), value)
                    assert expected in ours[of[three]][scheme], (three, scheme)
                    compared += 1
    assert compared > 500


CODED = "SELECT a.slug, c.scheme, c.value, c.started_on FROM actor_code c JOIN actor a ON "
CODED += "a.id = actor_id ORDER BY 1, 2, 3, 4"
CALLED = "SELECT a.slug, l.name, l.language, l.kind FROM actor_alias l JOIN actor a ON "
CALLED += "a.id = actor_id ORDER BY 1, 2, 3, 4"


def contents(engine: Engine) -> list[list[tuple[Any, ...]]]:
    facts = "SELECT slug, name, kind, description FROM actor ORDER BY slug"
    return [rows(engine, query) for query in (facts, CODED, CALLED)]


@pytest.mark.parametrize("order", list(permutations((0, 1))))
def test_the_article_and_the_states_agree_in_any_order(
    engine: Engine, order: Iterable[int]
) -> None:
    (article,) = bundled()
    both = (article, countries())
    for place in order:
        assert load(engine, both[place]).differences == ()
    assert rows(engine, "SELECT COUNT(*) FROM actor") == [(236 + 14 - 7,)]
    assert rows(engine, "SELECT slug FROM actor WHERE name = 'Russia'") == [("russia",)]
    assert [load(engine, each).revision for each in both] == [None, None]
    found = [r[1:] for r in rows(engine, CODED) if r[0] == "russia"]
    assert ("COW", "365", "1991-12-26") in found
    assert len(found) == 4


@pytest.mark.parametrize("is_first", [False, True])
def test_without_the_states_again_there_is_what_the_article_says(
    engine: Engine, *, is_first: bool
) -> None:
    (article,) = bundled()
    load(engine, article)
    before = contents(engine)
    remove(engine, article.name)
    for each in (countries(), article) if is_first else (article, countries()):
        load(engine, each)
    assert contents(engine) != before
    remove(engine, "countries")
    # The records of the states now belong to the article, whose load updates them.
    load(engine, article)
    assert contents(engine) == before
    assert rows(engine, "SELECT COUNT(*) FROM succession") == [(0,)]

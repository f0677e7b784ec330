"""Names resolve to actors by codes, exact names and decisions, in the year of the row."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from seeds.files import FileRefused
from seeds.importing.actors import Actors, Named, Settings
from seeds.importing.known_actors import Held, held_at
from seeds.importing.mapping_file import Decided, Decisions, read_decisions
from seeds.importing.names import normalised, slug_of
from seeds.importing.report import Rejected
from seeds.loader import load
from seeds.source import SeedError
from tests.seeds.importing.samples import CREATE, csv_text, esd_row, imported, query, written
from tests.seeds.small import Small
from tests.seeds.test_merged_actors import merge
from tests.seeds.test_shared_records import remove

STATES: dict[str, dict[str, Any]] = {
    "old-union": {
        "name": "Old Union",
        "kind": "STATE",
        "codes": [{"scheme": "COW", "value": "365", "endedOn": "1991-12-25"}],
        "aliases": [{"name": "Empire", "endedOn": "1917"}],
    },
    "new-land": {
        "name": "Néw Land",
        "kind": "STATE",
        "codes": [{"scheme": "COW", "value": "365", "startedOn": "1991-12-26"}],
        "aliases": [{"name": "Empire", "startedOn": "1992"}],
    },
    "twin-state": {"name": "Twin", "kind": "STATE"},
    "twin-group": {"name": "Twin", "kind": "ARMED_GROUP"},
    "other-twin": {"name": "The Twin", "kind": "ARMED_GROUP"},
    "north": {"name": "Northland", "kind": "STATE", "codes": [{"scheme": "COW", "value": "1"}]},
}


@pytest.fixture
def states(engine: Engine) -> Engine:
    load(engine, Small({"Actor": STATES}, slug="states"))
    return engine


def found(
    engine: Engine,
    named: Named,
    on: int | None = None,
    *,
    reviewed: Decisions | None = None,
    settings: Settings | None = None,
) -> str:
    """Returns the key of the actor, or the reason why the name cannot be resolved."""
    with engine.connect() as connection:
        actors = Actors(
            connection,
            "some",
            file="a.csv",
            reviewed=reviewed or {},
            settings=settings or Settings(),
        )
        try:
            return actors.find(named, on)
        except Rejected as reason:
            return str(reason).partition(": ")[2]


CODED = Named("365", "", "STATE", "COW")


@pytest.mark.parametrize(
    ("named", "on", "expected"),
    [
        (CODED, 1950, "old-union"),
        (CODED, 1992, "new-land"),
        # In the year in which the code passes on: the holder in the middle of the year.
        (CODED, 1991, "old-union"),
        # Without a year: the current holder.
        (CODED, None, "new-land"),
        (Named("x", "new land", "STATE"), 1950, "new-land"),
        (Named("x", "Empire", "STATE"), 1900, "old-union"),
        (Named("x", "EMPIRE", "STATE"), 2000, "new-land"),
        (Named("x", "Empire", "STATE"), 1950, "no code, name or mapping leads to an actor."),
        (Named("x", "Empire", "STATE", has_own_name=False), 1900, "no code, name or"),
        (Named("x", "Twin", "STATE"), None, "twin-state"),
        (Named("x", "Twin", "ARMED_GROUP"), None, "it may be any of other-twin, twin-group."),
        # An actor with another code of the same scheme is a different one.
        (Named("2", "Northland", "STATE", "COW"), None, "no code, name or mapping"),
        (Named("x", "Northlan", "STATE"), None, "no code, name or mapping"),
    ],
)
def test_codes_then_names(states: Engine, named: Named, on: int | None, expected: str) -> None:
    assert found(states, named, on).startswith(expected)


def test_a_decision_of_the_user_comes_first_and_a_reviewed_one_last(states: Engine) -> None:
    decided = {"365": (Decided("north", None, 1950), Decided("COW:1", 1960))}
    mine = Settings(decided)
    assert found(states, CODED, 1950, settings=mine) == "north"
    assert found(states, CODED, 1955, settings=mine) == "old-union"
    assert found(states, CODED, 1960, settings=mine) == "north"
    assert found(states, CODED, 1950, reviewed=decided) == "old-union"
    assert found(states, Named("365", "", "STATE"), 1960, reviewed=decided) == "north"


def test_doubt_creates_nothing(states: Engine) -> None:
    twin = Named("x", "Twin", "ARMED_GROUP")
    assert found(states, twin, settings=CREATE).startswith("it may be any of")
    assert found(states, Named("7", "Northland", "STATE", "COW"), settings=CREATE) == "northland"
    # The slug is taken by another actor.
    assert found(states, Named("7", "North", "STATE", "COW"), settings=CREATE) == "north-some-7"
    assert found(states, Named("7", "Ы", "STATE", "COW"), settings=CREATE) == "some-7"


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        ("nort", "the mapping file says 'nort', which is no actor's slug."),
        ("North", "the mapping file says 'North', which is no actor's slug."),
        ("COW:999", "the mapping file says 'COW:999', a code that no actor has then."),
    ],
)
def test_a_decision_that_leads_nowhere_is_said_and_creates_nothing(
    states: Engine, actor: str, reason: str
) -> None:
    # The name's own code would lead to an actor, and without a decision one would be created.
    decided = {key: (Decided(actor),) for key in ("365", "7")}
    for named in (CODED, Named("7", "Nobody", "STATE")):
        assert found(states, named, 1950, settings=Settings(decided, create_missing=True)) == reason


def test_a_code_in_a_mapping_file_may_stand_behind_a_blank() -> None:
    assert Decided("COW: 365").code == ("COW", "365")


def test_a_mapping_file_is_refused_where_it_cannot_be_meant(tmp_path: Path) -> None:
    head = "key,name,from,until,actor\n"
    for line, message in (
        (",a,,,b", "Row 2: The key is missing."),
        ("a,a,then,,b", "Row 2: 'then' is not a year."),
        ("a,a,,,ISO:AT", "Row 2: 'ISO' is not a scheme of codes."),
        ("a,a", "Row 2: It has 2 cells; the header has 5."),
        ("a,a,1990,1980,b", "Row 2: It ends in 1980, before it begins in 1990."),
        ("a,a,,1990,b\na,a,1990,,c", "Row 3: An earlier line says 'b' of the same key and years."),
        ("a,a,,,b\na,a,1950,1960,c", "Row 3: An earlier line says 'b'"),
    ):
        with pytest.raises(FileRefused, match=message):
            read_decisions(written(tmp_path / "a.csv", f"{head}{line}\n"))


def test_an_actor_of_others_gains_codes_and_names_by_years(states: Engine, tmp_path: Path) -> None:
    before = content(states)
    rows = [esd_row(n, year, 10, 1, [2], w=(1, 0)) for n, year in enumerate(range(1989, 1995), 1)]
    path = written(tmp_path / "a.csv", csv_text(rows))
    decided = read_decisions(
        written(tmp_path / "n.csv", "key,name,from,until,actor\n2,,,,COW:365\n1,,,,north\n")
    )
    settings = Settings(decided, create_missing=True)
    imported(states, "ucdp-esd", path, settings=settings)
    codes = query(
        states,
        "SELECT slug, value, started_on, ended_on FROM actor_code JOIN actor"
        " ON actor.id = actor_id WHERE scheme = 'UCDP_ACTOR' ORDER BY slug",
    )
    assert codes == [
        ("new-land", "2", "1992", None),
        ("nlf", "10", None, None),
        ("north", "1", None, None),
        ("old-union", "2", None, "1991"),
    ]
    names = query(
        states,
        "SELECT slug, a.name, started_on, ended_on FROM actor_alias a JOIN actor"
        " ON actor.id = actor_id WHERE a.name LIKE 'Gov%' ORDER BY slug",
    )
    assert names == [
        ("new-land", "Government of Southland (Old South)", "1992", None),
        ("north", "Government of Northland", None, None),
        ("old-union", "Government of Southland (Old South)", None, "1991"),
    ]
    # Six years are one spell, which belongs to the later actor.
    assert query(
        states,
        "SELECT slug, started_on, ended_on FROM support JOIN actor ON actor.id = supporter_id",
    ) == [("new-land", "1989", "1994")]
    (again,) = imported(states, "ucdp-esd", path, settings=settings)
    assert again.revision is None
    remove(states, "ucdp-esd")
    assert content(states) == before


def test_a_predecessor_is_created_with_its_code_until_the_successor_has_it(
    engine: Engine, tmp_path: Path
) -> None:
    successor = {name: STATES[name] for name in ("new-land", "north")}
    load(engine, Small({"Actor": successor}, slug="states"))
    pacts = {"atopid1": 1, "atop_defense": 1, "atop_offense": 0, "atop_neutral": 0}
    rows = [
        {"ccode1": first, "ccode2": second, "year": year, **pacts, "atop_nonagg": 0}
        | {"atop_consul": 0}
        for year in range(1989, 1994)
        for first, second in ((365, 1), (1, 365))
    ]
    path = written(tmp_path / "a.csv", csv_text(rows))
    imported(engine, "atop", path)
    assert query(
        engine,
        "SELECT slug, started_on, ended_on FROM actor_code JOIN actor ON actor.id = actor_id"
        " WHERE value = '365' ORDER BY slug",
    ) == [("cow-country-365", None, "1990"), ("new-land", "1991-12-26", None)]
    (again,) = imported(engine, "atop", path)
    assert again.revision is None


def test_a_code_of_the_data_set_is_dated_where_it_means_a_new_actor_and_one_of_others(
    engine: Engine,
) -> None:
    load(engine, Small({"Actor": {"new-land": STATES["new-land"]}}, slug="states"))
    reviewed = {"2": (Decided("COW:365"),)}
    named = Named("2", "Government of New Land", "STATE", "UCDP_ACTOR")
    with engine.connect() as connection:
        settings = Settings(create_missing=True)
        actors = Actors(connection, "some", file="a.csv", reviewed=reviewed, settings=settings)
        assert [actors.find(named, year) for year in (1988, 1990, 1992, 1995)] == [
            *["government-of-new-land"] * 2,
            *["new-land"] * 2,
        ]
        code = {"scheme": "UCDP_ACTOR", "value": "2"}
        assert {entry.key: entry.fields["codes"] for entry in actors.entries()} == {
            "government-of-new-land": [code | {"endedOn": "1990"}],
            "new-land": [code | {"startedOn": "1992"}],
        }


def content(engine: Engine) -> list[list[tuple[Any, ...]]]:
    """Returns all public data except the history."""
    return [
        sorted(query(engine, f"SELECT {columns} FROM {table}"), key=repr)
        for table, columns in (
            ("actor", "id, slug, name, kind"),
            ("actor_alias", "actor_id, name, started_on, ended_on"),
            ("actor_code", "actor_id, scheme, value, started_on, ended_on"),
            ("dataset", "slug"),
            ("conflict", "slug"),
            ("support", "id"),
            ("coverage", "id"),
            ("seed_key", "concept, key"),
        )
    ]


def test_a_decision_can_be_corrected_by_importing_again(states: Engine, tmp_path: Path) -> None:
    """A new decision moves what the data set added from one actor to the other.

    The last decision swaps the two actors, so each gets what the other one had.
    """
    path = written(tmp_path / "a.csv", csv_text([esd_row(1, 1990, 10, 1, [2], w=(1, 0))]))
    before = content(states)
    for first, second in (("north", "new-land"), ("twin-state", "new-land"), ("new-land", "north")):
        decided = {"1": (Decided(first),), "2": (Decided(second),), "10": (Decided("twin-group"),)}
        (report,) = imported(states, "ucdp-esd", path, settings=Settings(decided))
        assert (report.used, report.rejected) == (1, 0)
        codes = query(
            states,
            "SELECT value, slug FROM actor_code JOIN actor ON actor.id = actor_id"
            " WHERE scheme = 'UCDP_ACTOR' ORDER BY value",
        )
        assert codes == [("1", first), ("10", "twin-group"), ("2", second)]
        names = query(
            states,
            "SELECT slug FROM actor_alias a JOIN actor ON actor.id = actor_id"
            " WHERE a.name = 'Government of Northland'",
        )
        assert names == [(first,)]
        assert query(
            states,
            "SELECT s.slug, a.slug FROM support JOIN actor s ON s.id = supporter_id"
            " JOIN actor a ON a.id = against_id",
        ) == [(second, first)]
    remove(states, "ucdp-esd")
    assert content(states) == before


def test_an_actor_that_was_created_is_not_passed_over_by_a_later_decision(
    states: Engine, tmp_path: Path
) -> None:
    """The two actors are merged; a code never belongs to two actors."""
    path = written(tmp_path / "a.csv", csv_text([esd_row(1, 1990, 10, 1, [2], w=(1, 0))]))
    imported(states, "ucdp-esd", path)
    decided = Settings({"1": (Decided("north"),)}, create_missing=True)
    with pytest.raises(
        SeedError, match=r"UCDP_ACTOR 1 is the code of actor_\d+ at the time: merge"
    ):
        imported(states, "ucdp-esd", path, settings=decided)


def test_merged_actors_stay_merged(engine: Engine, tmp_path: Path) -> None:
    rows = [esd_row(1, 1990, 10, 1, [2], w=(1, 0)), esd_row(2, 1991, 12, 1, [2], w=(1, 0))]
    path = written(tmp_path / "a.csv", csv_text(rows))
    imported(engine, "ucdp-esd", path)
    merge(engine, "nlf", "nlf-ucdp-esd-12")
    for _ in range(3):
        (report,) = imported(engine, "ucdp-esd", path)
        assert query(engine, "SELECT slug FROM actor WHERE slug LIKE 'nlf%'") == [("nlf",)]
        assert query(
            engine, "SELECT value FROM actor_code WHERE value IN ('10', '12') ORDER BY value"
        ) == [("10",), ("12",)]
    assert report.revision is None


def test_who_has_something_in_a_year() -> None:
    held = [Held(1, (None, "1990-03-01")), Held(2, ("1990-09", None)), Held(3, ("1990", "1990"))]
    assert held_at(held, 1989) == {1}
    assert held_at(held, 1990) == {3}
    assert held_at(held[:2], 1990) == {1, 2}
    assert held_at(held, 1991) == {2}
    assert held_at(held, None) == {2}
    assert held_at(held[::2], None) == {1}


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("Türkiye", "TURKIYE", True),
        ("Côte d'Ivoire", "Cote d Ivoire", True),
        ("The Gambia", "Gambia", True),
        ("Trinidad & Tobago", "Trinidad and Tobago", True),
        ("Congo", "DR Congo", False),
        ("Guinea", "Guinea-Bissau", False),
        ("Łódź", "Lodz", True),
    ],
)
def test_names_are_the_same_but_for_case_accents_and_punctuation(
    first: str, second: str, is_same: bool
) -> None:
    assert (normalised(first) == normalised(second)) is is_same


def test_slugs() -> None:
    assert slug_of("Côte d'Ivoire (Abidjan)") == "cote-d-ivoire-abidjan"
    assert slug_of("Ы") == ""
    assert len(slug_of("a" * 300)) == 80

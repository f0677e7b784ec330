"""The importer of the UCDP External Support Dataset, on a made-up file of its format."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine

from seeds.files import FileRefused
from seeds.importing.actors import Settings
from seeds.importing.mapping_file import read_decisions, unresolved_text
from seeds.importing.run import DoesNotAddUp
from tests.seeds.importing.samples import (
    answered,
    csv_text,
    esd_row,
    esd_rows,
    imported,
    query,
    workbook,
    written,
)

SUPPORTS = """
    SELECT s.kind, g.name, r.name, a.name, started_on, ended_on, attribution, candidates_at_least,
        start_censored, end_censored, source_key
    FROM support s LEFT JOIN actor g ON g.id = supporter_id
    JOIN actor r ON r.id = recipient_id JOIN actor a ON a.id = against_id
"""
NORTH, SOUTH, WEST = "Government of Northland", "Government of Southland (Old South)", "Westland"
FREE, ELEMENTS = "Free North, Army of", "Westish elements"


def sample(folder: Path, rows: list[dict[str, object]] | None = None, name: str = "a.csv") -> Path:
    return written(folder / name, csv_text(rows or esd_rows()))


def test_what_the_counts_say_is_attributed_and_folded(engine: Engine, tmp_path: Path) -> None:
    (report,) = imported(engine, "ucdp-esd", sample(tmp_path))
    west = f"Government of {WEST}"
    found = {tuple(row) for row in query(engine, SUPPORTS)}
    expected = {
        ("WEAPONS", SOUTH, "NLF", NORTH, "1975", "1976", "CERTAIN", None, True, False, "1-2 ext_w 2"),  # noqa: E501
        ("TRAINING", SOUTH, "NLF", NORTH, "1976", "1976", "CERTAIN", None, False, False, "2 ext_t 2"),  # noqa: E501
        # 1979 has no row, so it is not covered.
        ("WEAPONS", SOUTH, "NLF", NORTH, "1978", "1978", "CERTAIN", None, False, True, "4 ext_w 2"),
        ("FUNDING", SOUTH, NORTH, "NLF", "1990", "1991", "CERTAIN", None, False, True, "5-6 ext_f 2"),  # noqa: E501
        ("FUNDING", west, NORTH, "NLF", "1990", "1991", "CERTAIN", None, False, True, "5-6 ext_f 3"),  # noqa: E501
        ("TRAINING", None, NORTH, "NLF", "1990", "1991", "SOME_OF", 1, False, True, "5-6 ext_t s"),
        ("TROOPS", None, NORTH, "NLF", "1990", "1990", "SOME_OF", 1, False, False, "5 ext_x ns"),
        *(
            ("TERRITORY_ACCESS", who, NORTH, "NLF", "1990", "1990", "CERTAIN", None, False, False, key)  # noqa: E501
            for who, key in ((SOUTH, "5 ext_l 2"), (west, "5 ext_l 3"), (FREE, "5 ext_l 11"))
        ),
        ("TERRITORY_ACCESS", "NLF", NORTH, "NLF", "1990", "1990", "CERTAIN", None, False, False, "5 ext_l 12"),  # noqa: E501
        ("WEAPONS", FREE, NORTH, "NLF", "2016", "2016", "CERTAIN", None, False, False, "8 ext_w 11"),  # noqa: E501
        ("UNKNOWN", ELEMENTS, NORTH, "NLF", "2016", "2017", "CERTAIN", None, False, True, "8-9 ext_u 4"),  # noqa: E501
        ("UNKNOWN", FREE, NORTH, "NLF", "2016", "2017", "CERTAIN", None, False, True, "8-9 ext_u 11"),  # noqa: E501
        ("INTELLIGENCE", west, "NLF", NORTH, "1985", "1985", "CERTAIN", None, False, True, "10 ext_i 3"),  # noqa: E501
        ("MATERIEL", ELEMENTS, "NLF", NORTH, "1987", "1987", "CERTAIN", None, False, True, "11 ext_m 4"),  # noqa: E501
    }  # fmt: skip
    as_booleans = {(*row[:8], bool(row[8]), bool(row[9]), row[10]) for row in found}
    assert as_booleans == expected
    assert (report.read, report.used, report.rejections) == (11, 11, [])
    assert report.counts["supporter-category pairs"] == 1 + 2 + 1 + 8 + 3 + 3 + 2 + 1 + 1
    assert report.sums == report.asked_back
    candidates = query(
        engine,
        "SELECT s.kind, a.name FROM candidate c JOIN support s ON s.id = c.support_id"
        " JOIN actor a ON a.id = c.actor_id ORDER BY s.kind, a.name",
    )
    assert candidates == [
        ("TRAINING", SOUTH),
        ("TRAINING", west),
        ("TROOPS", FREE),
        ("TROOPS", "NLF"),
    ]


def test_every_row_is_a_year_of_coverage(engine: Engine, tmp_path: Path) -> None:
    imported(engine, "ucdp-esd", sample(tmp_path))
    found = query(
        engine,
        "SELECT name, role, covers_from, covers_until FROM coverage JOIN actor"
        " ON actor.id = actor_id ORDER BY 1, 3",
    )
    assert found == [
        (NORTH, "AS_RECIPIENT", "1990", "1991"),
        (NORTH, "AS_RECIPIENT", "2016", "2017"),
        ("NLF", "AS_RECIPIENT", "1975", "1978"),
        ("NLF", "AS_RECIPIENT", "1985", "1985"),
        ("NLF", "AS_RECIPIENT", "1987", "1987"),
    ]


def test_a_year_of_which_a_row_is_rejected_is_not_observed(engine: Engine, tmp_path: Path) -> None:
    rows = esd_rows()
    # Another opponent in a year of the first spell of the NLF, and a row that cannot be read.
    odd = {"oppo_id": 99, "oppo_name": "Others", "ext_sup": 1}
    rows += [
        rows[1] | odd | {"id": 90, "ext_count": 9},
        rows[2] | odd | {"id": 91, "conflict_id": "x"},
    ]
    (report,) = imported(engine, "ucdp-esd", sample(tmp_path, rows))
    assert len(report.rejections) == 2
    found = query(
        engine,
        "SELECT covers_from, covers_until FROM coverage JOIN actor ON actor.id = actor_id"
        " WHERE name = 'NLF' AND covers_from < '1980' ORDER BY 1",
    )
    assert found == [("1975", "1975"), ("1978", "1978")]


@pytest.mark.parametrize(
    ("broken", "covered"),
    [
        ({"year": "x"}, []),
        ({"actor_id": "x"}, ["1975", "1977", "1978"]),
        ({"actor_id": "x", "year": "x"}, []),
        ({"location": "\x7f"}, ["1975", "1977", "1978"]),
        ({"more": "\x7f"}, []),
    ],
)
def test_what_a_row_that_cannot_be_read_may_be_about_is_not_observed(
    engine: Engine, tmp_path: Path, broken: dict[str, str], covered: list[str]
) -> None:
    rows = esd_rows()
    other = rows[1] | {"id": 90, "oppo_id": 99, "oppo_name": "Others"} | broken
    content = csv_text(rows) + csv_text([other]).partition("\n")[2]
    (report,) = imported(engine, "ucdp-esd", written(tmp_path / "a.csv", content))
    assert len(report.rejections) == 1
    found = query(
        engine,
        "SELECT covers_from, covers_until FROM coverage JOIN actor ON actor.id = actor_id"
        " WHERE name = 'NLF' AND covers_from < '1980' ORDER BY 1",
    )
    assert [str(y) for a, b in found for y in range(int(a), int(b) + 1)] == covered


def test_a_rejected_row_is_of_the_actor_that_its_id_has_been_decided_to_be(
    engine: Engine, tmp_path: Path
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO actor (slug, name, kind) VALUES ('n', 'N', 'ARMED_GROUP')"
        )
    # The two of the name NLF are one; of the second the year 1976 is rejected.
    rows = [*esd_rows(), esd_row(90, 1976, 12, 1, [3], i=(1, 0)) | {"ext_count": 9}]
    decided = read_decisions(written(tmp_path / "n.csv", "key,name,from,until,actor\n"
                                     "10,,,,n\n12,,,,n\n"))  # fmt: skip
    settings = Settings(decided, create_missing=True)
    (report,) = imported(engine, "ucdp-esd", sample(tmp_path, rows), settings=settings)
    assert 13 in dict(report.rejections)
    found = query(
        engine,
        "SELECT covers_from, covers_until FROM coverage JOIN actor ON actor.id = actor_id"
        " WHERE slug = 'n' ORDER BY 1",
    )
    assert found == [("1975", "1975"), ("1977", "1978"), ("1985", "1985"), ("1987", "1987")]


def test_support_is_censored_beside_a_year_whose_row_is_rejected(
    engine: Engine, tmp_path: Path
) -> None:
    """It is unknown whether the support ended or began then, because the row is not used."""
    rows = esd_rows()
    for changes in ({"ext_count": 9}, {"oppo_id": 99, "ext_id": "99"}):
        rows[2] |= changes
        (report,) = imported(engine, "ucdp-esd", sample(tmp_path, rows))
        assert report.rejected == 1
        found = query(
            engine,
            "SELECT started_on, ended_on, start_censored, end_censored FROM support"
            " WHERE kind = 'WEAPONS' AND started_on < '1980' ORDER BY 1",
        )
        if "ext_id" in changes:
            # The row is about another opponent; this one has no row.
            assert [row[2:] for row in found] == [(1, 1), (0, 1)]
        else:
            assert found == [("1975", "1976", 1, 1), ("1978", "1978", 1, 1)]


def test_actors_have_the_codes_of_ucdp(engine: Engine, tmp_path: Path) -> None:
    imported(engine, "ucdp-esd", sample(tmp_path))
    found = query(
        engine,
        "SELECT value, kind, slug FROM actor_code JOIN actor ON actor.id = actor_id"
        " WHERE scheme = 'UCDP_ACTOR' ORDER BY CAST(value AS INTEGER)",
    )
    assert found == [
        ("1", "STATE", "government-of-northland"),
        ("2", "STATE", "government-of-southland-old-south"),
        ("3", "STATE", "government-of-westland"),
        ("4", "STATE", "westish-elements"),
        ("10", "ARMED_GROUP", "nlf"),
        ("11", "ARMED_GROUP", "free-north-army-of"),
        # Another group of the same name is a different actor.
        ("12", "ARMED_GROUP", "nlf-ucdp-esd-12"),
    ]


def test_a_workbook_says_the_same(engine: Engine, tmp_path: Path) -> None:
    rows = esd_rows()
    sheet = [tuple(rows[0]), *(tuple(row.values()) for row in rows)]
    imported(engine, "ucdp-esd", sample(tmp_path))
    (report,) = imported(engine, "ucdp-esd", workbook(tmp_path / "a.xlsx", {"Sheet1": sheet}))
    # Only the checksum of the file differs.
    assert report.message is not None
    assert report.message.endswith(": 1 data set updated.")


def test_the_same_file_again_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    (first,) = imported(engine, "ucdp-esd", sample(tmp_path))
    (again,) = imported(engine, "ucdp-esd", sample(tmp_path))
    assert (again.revision, again.message, again.sums) == (None, None, first.sums)
    assert query(engine, "SELECT max(number) FROM revision") == [(first.revision,)]


def test_a_newer_file_is_one_revision_with_the_difference(engine: Engine, tmp_path: Path) -> None:
    (first,) = imported(engine, "ucdp-esd", sample(tmp_path))
    assert first.revision is not None
    newer = [*esd_rows()[:3], esd_row(4, 1978, 10, 1, [3], w=(1, 0)), *esd_rows()[4:]]
    (second,) = imported(engine, "ucdp-esd", sample(tmp_path, newer))
    assert second.revision == first.revision + 1
    done = {
        name: each for name, each in second.records.items() if each["created"] or each["removed"]
    }
    assert {name: (each["created"], each["removed"]) for name, each in done.items()} == {
        "supports": (1, 1)
    }
    changes = answered(
        engine, f"{{ changes(since: {first.revision}) {{ nodes {{ action type }} }} }}"
    )["changes"]["nodes"]
    shown = Counter((each["action"], each["type"]) for each in changes)
    assert shown["CREATED", "SUPPORT"] == shown["DELETED", "SUPPORT"] == 1


def test_a_dry_run_keeps_nothing(engine: Engine, tmp_path: Path) -> None:
    (report,) = imported(engine, "ucdp-esd", sample(tmp_path), is_dry_run=True)
    assert report.records["supports"]["created"] == 16
    assert query(engine, "SELECT count(*) FROM support") == [(0,)]
    assert query(engine, "SELECT max(number) FROM revision") == [(0,)]


def test_what_is_left_can_be_decided_in_a_file(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(
        DoesNotAddUp, match=r"None of its 11 rows can be used. Row \d+: "
    ) as refused:
        imported(engine, "ucdp-esd", sample(tmp_path), settings=Settings())
    (report,) = refused.value.reports
    assert (report.read, report.used, len(report.rejections)) == (11, 0, 11)
    # The data set would claim that it had observed no support.
    assert query(engine, "SELECT count(*) FROM dataset") == [(0,)]
    assert report.rejections[0] == (
        2,
        "The actor 'NLF' (10) is not known: no code, name or mapping leads to an actor.",
    )
    text = unresolved_text(report.unresolved)
    assert text.splitlines()[0] == "key,name,from,until,actor,firstYear,lastYear,rows,reason"
    with engine.begin() as connection:
        for slug in ("n", "s"):
            connection.exec_driver_sql(
                f"INSERT INTO actor (slug, name, kind) VALUES ('{slug}', '{slug}', 'STATE')"
            )
    lines = [
        "key,name,from,until,actor",
        "1,,,,n",
        "99,,,,n",
        "10,,,1976,n",
        "10,,1977,,s",
        "2,,,,s",
    ]
    decided = read_decisions(written(tmp_path / "names.csv", "\n".join(lines)))
    (report,) = imported(engine, "ucdp-esd", sample(tmp_path), settings=Settings(decided))
    reasons = dict(report.rejections)
    assert reasons[2] == "'NLF' (10) and 'Government of Northland' (1) are one actor, 'n'."
    assert report.used == 2
    assert "Keys of the mapping file that the file does not name: 99." in report.notes


def test_a_part_of_the_known_release_is_said_to_be_one(engine: Engine, tmp_path: Path) -> None:
    (report,) = imported(engine, "ucdp-esd", sample(tmp_path))
    assert report.notes == [
        f"Release 18.1 has 4,781 rows, the file {report.read}: it is a part of that release or was"
        " changed, and is not compared with its known counts."
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ext_count": 2}, "ext_id lists 1 supporters, and ext_count is 2."),
        ({"ext_sup": 0}, "ext_sup and ext_id do not agree"),
        ({"ext_w_count": 2}, "The counts of ext_w do not agree with each other."),
        ({"ext_count_s": 0, "ext_count_ns": 1}, "The counts of ext_w exceed those of all support."),
        ({"ext_id": "2,2"}, "A supporter is listed twice"),
        ({"ext_id": "10"}, "One actor has two of the roles"),
        ({"year": "75"}, "A value cannot be read: '75' is not a year."),
        ({"location": ""}, "It has no location."),
        ({"location": "x" * 301}, "A value cannot be read: A text has 301 characters"),
        ({"conflict_id": "9" * 19}, "A value cannot be read: '9999999999999999999' has more"),
        ({"year": "2018"}, "The year 2018 is outside those of release 18.1."),
        ({"id": 2}, ""),
        ({"year": 1976}, ""),
    ],
)
def test_a_row_that_contradicts_itself_is_rejected(
    engine: Engine, tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    rows = esd_rows()
    rows[0] |= changes
    (report,) = imported(engine, "ucdp-esd", sample(tmp_path, rows))
    assert (report.read, report.used) == (11, 10)
    ((number, found),) = report.rejections
    if reason:
        assert number == 2
        assert found.startswith(reason)
    else:
        assert (number, found) == (
            3,
            "An earlier row has the same id, or the same actor, opponent and year.",
        )


def test_a_location_may_have_no_latin_letter(engine: Engine, tmp_path: Path) -> None:
    rows = [row | {"location": "Ливия"} for row in esd_rows()]
    (report,) = imported(engine, "ucdp-esd", sample(tmp_path, rows))
    assert report.used == 11
    assert query(engine, "SELECT slug, name FROM conflict") == [("ucdp-700", "Ливия")]


def test_another_file_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="No row has the expected columns"):
        imported(engine, "ucdp-esd", written(tmp_path / "a.csv", "a,b\n1,2\n"))

"""An error names the file, record and field of a data set, and nothing is stored."""

from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import Engine, inspect, text

from schema.search.words import is_of_words
from seeds import Folder, bundled
from seeds.loader import load
from seeds.source import SeedError


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (rutte,) = (folder for folder in bundled() if folder.name == "rutte-2024")
    return Folder(copytree(rutte.path, tmp_path / "copied"))


def rows_in_all_tables(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in inspect(engine).get_table_names()
            if not is_of_words(table)
        }


# The replaced text and its replacement, and the file, record and field in the error.
BROKEN = [
    ("kind: DRONES", "kind: DRONE", "supports.yaml: support iran-russia-drones: kind"),
    ("phase: PLEDGED", "", "supports.yaml: support russia-north-korea-funding: phase"),
    ("startedOn: 2024-10", "startedOn: 2024-13", "support north-korea-russia-troops: startedOn"),
    ("value: 12000,", "value: 12e3,", "support north-korea-russia-troops: quantity.value"),
    ("value: 12000,", "sum: 12000,", "support north-korea-russia-troops: quantity.sum"),
    ("{value: 99, unit: PER_CENT}", "99", "support nato-ukraine-military-share: quantity"),
    ("currency: EUR", "currency: ECU", "nato-ukraine-military-this-year: worth.currency"),
    (", currency: EUR", "", "nato-ukraine-military-this-year: worth.currency"),
    ("supporter: china", "supporter: russia", "support china-russia-economy: recipient"),
    ("supporter: china", "supporter: prc", "support china-russia-economy: supporter"),
    ("supporter: china", "supporter: [china]", "support china-russia-economy: supporter"),
    ("supporter: china", "giver: china", "support china-russia-economy: giver"),
    ("supporter: china", "id: 1", "support china-russia-economy: id"),
    ("supporter: china", "dataset: d", "support china-russia-economy: dataset"),
    (
        "inReturnFor: north-korea-russia-troops",
        "inReturnFor: troops",
        "supports.yaml: support russia-north-korea-military-technology: inReturnFor",
    ),
    ("place: Kursk region", "place: ''", "support north-korea-russia-troops: place"),
    ("place: Kursk region", 'place: "K\\0"', "support north-korea-russia-troops: place"),
    ("south-korea:", "South-Korea:", "actors.yaml: actor South-Korea: slug"),
    (
        "aliases:\n    - {name: ISW",
        "aliases: {name: ISW",
        "institute-for-the-study-of-war: aliases",
    ),
    (
        "aliases:\n    - {name: ISW",
        "aliases:\n" + "".join(f"    - {{name: I{n}}}\n" for n in range(500)) + "    - {name: ISW",
        "actor institute-for-the-study-of-war: aliases",
    ),
    ("- {name: ISW", "- {name: I}\n    - {name: I}\n    - {name: ISW", "study-of-war: aliases.1"),
    ("scheme: COW, value: 365", "scheme: COW", "actors.yaml: actor russia: codes.2"),
    ("scheme: COW, value: 365", "scheme: FIFA, value: 1", "actor russia: codes.2.scheme"),
    ("scheme: COW, value: 369", "scheme: COW, value: 365", "actor ukraine: codes.2"),
    ("organisation: ukraine", "organisation: rada", "membership defence-intelligence-of-ukraine"),
    ("startedOn: 2024-10-01", "startedOn: 2024-10-1", "membership mark-rutte nato: startedOn"),
    (
        "aliases:\n    - {name: ISW",
        "members: [nato]\n  aliases:\n    - {name: ISW",
        "study-of-war: members",
    ),
    ("speaker: the-independent", "speaker: ti", "statement the-independent-money-in-return: "),
    ("quoted: true", "quoted: yes", "statement rutte-danger-to-global-security: quoted"),
    ("quoted: true", "credibility: 7", "rutte-danger-to-global-security: credibility"),
    ("quoted: true", "credibility: high", "rutte-danger-to-global-security: credibility"),
    ("quoted: true", "language: English", "rutte-danger-to-global-security: language"),
    ("quoted: true", "onBehalfOf: eu", "rutte-danger-to-global-security: onBehalfOf"),
    ("mentions: [russia, china]", "mentions: [prc]", "rutte-china-and-the-economy: mentions"),
    ("mentions: [russia, china]", "mentions: [[a]]", "rutte-china-and-the-economy: mentions.0"),
    (
        "support: china-russia-economy",
        "support: china-russia",
        "statements.yaml: evidence rutte-china-and-the-economy china-russia: support",
    ),
    (
        "support: iran-russia-missiles",
        "support: iran-russia-drones",
        "statements.yaml: evidence rutte-iran-and-weapons iran-russia-drones: It is there twice",
    ),
    ("  title: Rutte", "  url: a.html\n  title: Rutte", "sources.yaml: source article: url"),
    ("actors: 14", "actors: 13", "dataset.yaml: expected.actors: There are 14"),
    ("licence: CC BY", "license: CC BY", "dataset.yaml: license"),
    ('version: "1.0"', "version: ''", "dataset.yaml: version"),
    ("slug: rutte-2024", "slug: rutte_2024", "dataset.yaml: slug"),
]


@pytest.mark.parametrize(("found", "replacement", "place"), BROKEN)
def test_doubt_is_reported_with_its_place_and_keeps_nothing(
    engine: Engine, folder: Folder, found: str, replacement: str, place: str
) -> None:
    before = rows_in_all_tables(engine)
    replace_where_it_first_stands(folder.path, found, replacement)
    with pytest.raises(SeedError) as caught:
        load(engine, folder)
    assert str(caught.value).startswith("copied/")
    assert place in str(caught.value)
    assert rows_in_all_tables(engine) == before


def test_all_faults_are_reported_at_once(engine: Engine, folder: Folder) -> None:
    before = rows_in_all_tables(engine)
    for found, replacement in (
        ("kind: DRONES", "kind: DRONE"),
        ("supporter: china", "supporter: prc"),
        ("value: 12000,", "value: 12e3, sum: 1,"),
        ("- {name: ISW", "- {name: I}\n    - {name: I}\n    - {name: ''"),
        ("actors: 14", "actors: 13"),
        ("mentions: [russia, china]", "mentions: [prc, roc]"),
    ):
        replace_where_it_first_stands(folder.path, found, replacement)
    with pytest.raises(SeedError) as caught:
        load(engine, folder)
    told = [line.rpartition(": ")[0] for line in str(caught.value).splitlines()]
    assert sorted(told) == sorted(
        [
            "copied/supports.yaml: support iran-russia-drones: kind",
            "copied/supports.yaml: support china-russia-economy: supporter",
            "copied/supports.yaml: support north-korea-russia-troops: quantity.sum",
            "copied/supports.yaml: support north-korea-russia-troops: quantity.value",
            "copied/actors.yaml: actor institute-for-the-study-of-war: aliases.1",
            "copied/actors.yaml: actor institute-for-the-study-of-war: aliases.2.name",
            "copied/dataset.yaml: expected.actors",
            "copied/statements.yaml: statement rutte-china-and-the-economy: mentions",
            "copied/statements.yaml: statement rutte-china-and-the-economy: mentions",
        ]
    )
    assert rows_in_all_tables(engine) == before


def test_a_record_can_be_named_by_a_code(engine: Engine, folder: Folder) -> None:
    iran = "{code: {scheme: COW, value: '630'}}"
    for found in ("supporter: iran", "supporter: iran"):
        replace_where_it_first_stands(folder.path, found, f"supporter: {iran}")
    load(engine, folder)
    query = "SELECT count(*) FROM support JOIN actor ON actor.id = supporter_id WHERE slug = 'iran'"
    with engine.connect() as connection:
        assert connection.execute(text(query)).scalar_one() == 2


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("{code: {scheme: COW, value: 9}}", "supporter: COW 9 belongs to no actor"),
        ("{code: {scheme: COW, value: '365'}}", "support iran-russia-drones: recipient: "),
        ("{code: {scheme: COW, number: 9}}", "supporter.code: It is not an object of"),
        ("{code: COW}", "supporter.code: It is not an object of"),
        ("{coat: red}", "supporter: {'coat': 'red'} is not the key"),
    ],
)
def test_a_code_that_leads_nowhere_is_reported(
    engine: Engine, folder: Folder, code: str, place: str
) -> None:
    replace_where_it_first_stands(folder.path, "supporter: iran", f"supporter: {code}")
    with pytest.raises(SeedError) as caught:
        load(engine, folder)
    assert place in str(caught.value)


def replace_where_it_first_stands(folder: Path, found: str, replacement: str) -> None:
    files = ("dataset", "supports", "actors", "sources", "statements")
    for file in (folder / f"{name}.yaml" for name in files):
        content = file.read_text("utf-8")
        if found in content:
            file.write_text(content.replace(found, replacement, 1), "utf-8")
            return
    raise AssertionError(f"{found!r} is nowhere")

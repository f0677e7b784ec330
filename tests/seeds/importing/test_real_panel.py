"""A panel of the real UCDP file, compared with one that a script builds from its rows.

It shares no code with the importer or the service: it reads the workbook, identifies states by
UCDP's names, and counts as the codebook defines.
"""

import asyncio
import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import StringIO

import httpx
import pytest
from sqlalchemy import Engine

from seeds import on_request
from seeds.loader import load
from service.app import create_app
from service.settings import Settings
from tests.seeds.importing.conftest import DATA
from tests.seeds.importing.samples import imported
from tests.seeds.importing.test_real_files import ESD, esd_rows

CODELIST = DATA / "country-codes" / "codelist_without_cldr.csv"
# States whose name at UCDP differs from the list of codes, which also lacks former states.
OTHER_NAMES = {
    "Bosnia-Herzegovina": "346",
    "Congo": "484",
    "Czech Republic": "316",
    "DR Congo": "490",
    "East Germany": "265",
    "Ivory Coast": "437",
    "Myanmar": "775",
    "Russia": "365",
    "Serbia": "345",
    "South Yemen": "680",
    "Tonga": "972",
    "Trinidad and Tobago": "52",
    "United Kingdom": "200",
    "United States of America": "2",
    "Vietnam": "816",
    "Yemen": "678",
}
# The Soviet Union and Yugoslavia end; Serbia remains in 2006.
YEARS = [(1991, 1991), (2006, 2006)]

Row = dict[str, str]
Key = tuple[int, str, str]


def names_of(rows: list[Row]) -> dict[str, str]:
    """Returns UCDP's names of its actors, by id."""
    names = {row["ext_id"]: row["ext_name"] for row in rows if row["ext_count"] == "1"}
    for row in rows:
        ids, parts = row["ext_id"].split(","), row["ext_name"].split(",")
        names |= dict(zip(ids, parts, strict=True)) if len(ids) == len(parts) else {}
        names |= {row["actor_id"]: row["actor_name"], row["oppo_id"]: row["oppo_name"]}
    return names


def codes_of(names: Mapping[str, str]) -> dict[str, str]:
    """Returns the Gleditsch-Ward codes of actors that are the government of one state."""
    with CODELIST.open(encoding="utf-8-sig") as file:
        known = {row["country.name.en"]: row["gwn"] for row in csv.DictReader(file)}
    known |= OTHER_NAMES
    found = {}
    for id_, name in names.items():
        state = re.fullmatch(r"Government of ([^,(]+?)( \(.*\))?", name)
        if state and known.get(state[1], "NA").isdigit():
            found[id_] = known[state[1]]
    return found


def givers(row: Row, names: Mapping[str, str], category: str) -> Iterator[tuple[set[str], bool]]:
    """Yields the supporters, and whether each of them gives or only some."""
    ids = set(row["ext_id"].split(","))
    if row["ext_count"] in ("1", row[f"ext_{category}_count"]):
        yield ids, True
        return
    states = {
        each for each in ids if names[each].startswith("Government of") or "elements" in names[each]
    }
    for side, members in (("s", states), ("ns", ids - states)):
        number = row[f"ext_{category}_count_{side}"]
        if number != "0":
            yield members, number == row[f"ext_count_{side}"]


def expected(first: int, last: int) -> tuple[set[tuple[int, str]], Counter[Key], Counter[Key]]:
    """Returns the states that the file covers, and their certain and possible support."""
    rows = list(esd_rows(ESD))
    names = names_of(rows)
    codes = codes_of(names)
    looked, certain, possible = set(), Counter[Key](), Counter[Key]()
    for row in rows:
        year, recipient = int(row["year"]), codes.get(row["actor_id"])
        if recipient is None or not first <= year <= last:
            continue
        looked.add((year, recipient))
        for members, is_each in givers(row, names, "w") if row["ext_w"] == "1" else ():
            for supporter in {codes[each] for each in members if each in codes}:
                (certain if is_each else possible)[year, supporter, recipient] += 1
    return looked, certain, possible


def panel(url: str, first: int, last: int) -> list[Row]:
    """Returns the export of the service."""
    address = (
        "/api/v1/panel.csv?unit=DIRECTED_DYAD_YEAR&datasets=ucdp-esd&kinds=WEAPONS"
        f"&codes=GLEDITSCH_WARD&from={first}&to={last}"
    )

    async def read() -> str:
        app = create_app(Settings(database_url=url))
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://a.test") as client:
            text = (await client.get(address, timeout=None)).raise_for_status().text
        await app.close()
        return text

    return list(csv.DictReader(StringIO(asyncio.run(read()))))


@pytest.fixture
def database(on_sqlite: Engine) -> str:
    for folder in on_request():
        load(on_sqlite, folder)
    imported(on_sqlite, "ucdp-esd", ESD)
    return on_sqlite.url.render_as_string(hide_password=False)


def test_weapons_between_states_are_those_of_the_file_cell_by_cell(database: str) -> None:
    for first, last in YEARS:
        looked, certain, possible = expected(first, last)
        rows = panel(database, first, last)
        found = {}
        for row in rows:
            key = (int(row["year"]), row["supporter.code"], row["recipient.code"])
            assert key not in found
            found[key] = (row["ucdp-esd.WEAPONS"], row["ucdp-esd.WEAPONS.possible"])
        different = {}
        for key, cells in found.items():
            is_looked_at = (key[0], key[2]) in looked
            both = (str(certain[key]), str(possible[key])) if is_looked_at else ("", "")
            if both != cells:
                different[key] = (both, cells)
        assert not different
        # The panel has all of the file's data on states.
        assert looked <= {(year, recipient) for year, _, recipient in found}
        assert {*certain, *possible} <= {*found}
        zeros = sum(cells == ("0", "0") for cells in found.values())
        empty = sum(cells == ("", "") for cells in found.values())
        assert 0 < zeros < empty < len(found)

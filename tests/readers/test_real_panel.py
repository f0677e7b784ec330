"""The panel of a real file equals the one that pandas computes from its raw rows.

It has all actors that UCDP observes, all its years and all its categories: what each gives and
receives, certainly and possibly.
"""

import asyncio
import csv
import json
from pathlib import Path

import httpx
import pytest
from python_calamine import CalamineWorkbook

from seeds import on_request
from seeds.loader import load
from service.app import create_app
from service.settings import Settings
from tests.conftest import make_database
from tests.readers.running import HERE, run
from tests.seeds.importing.samples import imported
from tests.seeds.importing.test_real_files import ESD
from tests.stores import database_of, url_of

# The result is the same on both databases.
pytestmark = pytest.mark.sqlite

KINDS = (
    *("TROOPS", "TROOP_PRESENCE", "JOINT_OPERATIONS", "WEAPONS", "MATERIEL", "TRAINING"),
    *("FUNDING", "INTELLIGENCE", "TERRITORY_ACCESS", "OTHER", "UNKNOWN", "SUPPORT"),
)
ADDRESS = (
    "/api/v1/panel.csv?unit=ACTOR_YEAR&datasets=ucdp-esd&codes=UCDP_ACTOR&from=1975&to=2017"
    f"&kinds={','.join(KINDS)}"
)


def raw_csv(path: Path) -> Path:
    """Returns the workbook as CSV, which every program reads."""
    rows = CalamineWorkbook.from_path(str(ESD)).get_sheet_by_index(0).to_python()
    with path.open("w", newline="", encoding="utf-8") as file:
        for row in rows:
            cells = [str(int(each)) if isinstance(each, float) else each for each in row]
            csv.writer(file).writerow(cells)
    return path


async def panel(url: str) -> bytes:
    app = create_app(Settings(database_url=url, seconds=300))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://a.test") as client:
        content = (await client.get(ADDRESS, timeout=None)).raise_for_status().content
    await app.close()
    return content


def test_each_cell_is_what_pandas_makes_of_the_raw_rows(tmp_path: Path) -> None:
    path = make_database(tmp_path / "allygraph.db")
    engine = database_of(path).engine()
    for folder in on_request():
        load(engine, folder)
    imported(engine, "ucdp-esd", ESD)
    engine.dispose()
    made = tmp_path / "panel.csv"
    made.write_bytes(asyncio.run(panel(url_of(path))))
    script = HERE / "external_support.py"
    compared = json.loads(run(script, raw_csv(tmp_path / "raw.csv"), made))
    assert compared["different"] == []
    assert compared["cells"] == compared["rows"] * len(KINDS) * 4
    assert compared["rows"] > 25_000
    assert 0 < compared["zeros"] < compared["empty"] < compared["cells"]

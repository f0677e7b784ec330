"""The Python of docs/analysis.md runs, and its results are those of the data."""

import re
from pathlib import Path

import httpx
import pytest

from seeds.folder import Folder
from seeds.loader import load
from tests.commands import ROOT, serving
from tests.readers.running import run
from tests.stores import copy_of, database_of, url_of

# The same whichever database answers.
pytestmark = pytest.mark.sqlite

CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
# In the place of the data set that the guide names, which everybody has to get from its publisher.
DATASET = """
slug: ucdp-esd
title: Made up
version: "1"
licence: CC0
citation: Made up.
coversFrom: 1992
coversUntil: 2017
expected: {supports: 2}
"""
SUPPORTS = """
    first: {supporter: iran, recipient: north-korea, kind: MISSILES, phase: DELIVERED,
      startedOn: 1995, endedOn: 2004, sourceKey: "1"}
    second: {supporter: china, recipient: north-korea, kind: TROOPS, phase: DELIVERED,
      startedOn: 2000, endedOn: 2009, sourceKey: "2"}
"""


@pytest.fixture
def database(seeded: Path, tmp_path: Path) -> Path:
    path, folder = copy_of(seeded, tmp_path), tmp_path / "ucdp_esd"
    folder.mkdir()
    (folder / "dataset.yaml").write_text(DATASET)
    (folder / "supports.yaml").write_text(SUPPORTS)
    engine = database_of(path).engine()
    load(engine, Folder(folder))
    engine.dispose()
    return path


def slope(observations: dict[tuple[str, int], int]) -> float:
    """How support depends on that of the year before, with an effect of each year, by hand.

    The year's effect is the mean of its dyads, so the slope is that of the deviations from it.
    """
    pairs = [
        (year, observations[dyad, year - 1], given)
        for (dyad, year), given in observations.items()
        if (dyad, year - 1) in observations
    ]
    years = {year for year, *_ in pairs}
    above = below = 0.0
    for year in years:
        rows = [(before, given) for each, before, given in pairs if each == year]
        mean_before = sum(before for before, _ in rows) / len(rows)
        mean_given = sum(given for _, given in rows) / len(rows)
        above += sum((before - mean_before) * (given - mean_given) for before, given in rows)
        below += sum((before - mean_before) ** 2 for before, _ in rows)
    return above / below


def test_the_guide_of_analyses_runs(database: Path, tmp_path: Path) -> None:
    code = "\n".join(CODE.findall((ROOT / "docs" / "analysis.md").read_text("utf-8")))
    script = tmp_path / "analysis.py"
    with serving("--database-url", url_of(database)) as server:
        script.write_text(code.replace("http://127.0.0.1:8000", server.url))
        printed = run(script, folder=tmp_path)
        states = server_states(server.url)
    found = re.match(r"before: (\S+), (\d+) observations\n", printed)
    assert found, printed
    dyads = [f"{one} {other}" for one in states for other in states if one != other]
    supported = {"iran north-korea": range(1995, 2005), "china north-korea": range(2000, 2010)}
    observations = {
        (dyad, year): int(year in supported.get(dyad, ()))
        for dyad in dyads
        for year in range(1992, 2018)
    }
    assert int(found[2]) == len(dyads) * 25
    assert float(found[1]) == pytest.approx(slope(observations), abs=0.0005)
    # The network: who receives most.
    assert "\nRussia: 5\n" in printed
    assert (tmp_path / "network.gexf").read_bytes().startswith(b"<?xml")
    # The table and its citation.
    assert "North Korea" in (tmp_path / "table.html").read_text("utf-8")
    references = (tmp_path / "references.bib").read_text("utf-8")
    assert references.count("@misc{") == 2
    assert "dataset.slug=rutte-2024" in references


def server_states(url: str) -> list[str]:
    """The states with a code of the Correlates of War in all years of the guide."""
    query = "codes.scheme=COW&first=500&fields=slug,codes"
    actors = httpx.get(f"{url}/api/v1/actors?{query}").json()["data"]
    return [
        actor["slug"]
        for actor in actors
        if any(
            code["scheme"] == "COW"
            and (code["startedOn"] or "0") < "1992-01-02"
            and not code["endedOn"]
            for code in actor["codes"]
        )
    ]

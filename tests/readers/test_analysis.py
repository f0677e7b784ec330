"""The code of docs/analysis.md runs in Python and in R, and its results are correct."""

import re
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.commands import ROOT, serving
from tests.readers.running import run
from tests.stores import url_of

# The result is the same on both databases.
pytestmark = pytest.mark.sqlite

ADDRESS = "http://127.0.0.1:8000"
SUPPORTED = {"iran north-korea": range(1995, 2005), "china north-korea": range(2000, 2010)}


def code_in(language: str) -> str:
    """Returns all code of the guide in one language."""
    block = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return "\n".join(block.findall((ROOT / "docs" / "analysis.md").read_text("utf-8")))


def observations_of(states: list[str]) -> dict[tuple[str, int], int]:
    """Computes whether a dyad has support in a year."""
    dyads = [f"{one} {other}" for one in states for other in states if one != other]
    return {
        (dyad, year): int(year in SUPPORTED.get(dyad, ()))
        for dyad in dyads
        for year in range(1992, 2018)
    }


def slope(observations: dict[tuple[str, int], int]) -> float:
    """Computes the effect of last year's support, with an effect of each year.

    The effect of a year is the mean of its dyads, so the slope is that of the deviations from it.
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


def test_the_python_of_the_guide_runs(database: Path, tmp_path: Path) -> None:
    script = tmp_path / "analysis.py"
    with serving("--database-url", url_of(database)) as server:
        script.write_text(code_in("python").replace(ADDRESS, server.url))
        printed = run(script, folder=tmp_path)
        observations = observations_of(server_states(server.url))
    found = re.match(r"before: (\S+), (\d+) observations\n", printed)
    assert found, printed
    # The first of 26 years has no year before it.
    assert int(found[2]) == len(observations) // 26 * 25
    assert float(found[1]) == pytest.approx(slope(observations), abs=0.0005)
    # The network: who receives most.
    assert "\nRussia: 5\n" in printed
    assert (tmp_path / "network.gexf").read_bytes().startswith(b"<?xml")
    # The table and its citation.
    assert "North Korea" in (tmp_path / "table.html").read_text("utf-8")
    references = (tmp_path / "references.bib").read_text("utf-8")
    assert references.count("@misc{") == 2
    assert "dataset.slug=rutte-2024" in references


def test_the_r_of_the_guide_runs(database: Path, tmp_path: Path) -> None:
    script = tmp_path / "analysis.R"
    with serving("--database-url", url_of(database)) as server:
        script.write_text(code_in("r").replace(ADDRESS, server.url))
        done = subprocess.run(
            ["Rscript", script], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        observations = observations_of(server_states(server.url))
    assert done.returncode == 0, done.stderr
    found = re.search(r"^before +(\S+)", done.stdout, re.MULTILINE)
    assert found, done.stdout
    assert float(found[1]) == pytest.approx(slope(observations), abs=0.0005)
    # The table: what North Korea gives Russia, by kind.
    table = done.stdout[done.stdout.index("supporter.name") :]
    assert re.search(r"^ *North Korea +1 +0 +0 +0 +1", table, re.MULTILINE), table
    assert (tmp_path / "references.bib").read_text("utf-8").count("@misc{") == 2


def server_states(url: str) -> list[str]:
    """Returns the states with a Correlates of War code in all years of the guide."""
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

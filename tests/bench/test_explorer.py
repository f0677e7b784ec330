"""The bench opens the explorer and the bare page in a real Chromium, and both draw."""

from pathlib import Path

import pytest

from bench import servers
from bench.databases import sqlite
from bench.explorer import browser
from bench.explorer.comparison import EDGES, compare
from bench.generated.rows import Sizes
from bench.rounds import Rounds
from bench.servers import UNCACHED

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]

SMALL = Sizes(actors=60, sources=10, supports=400, statements=50, placed=30)


def test_each_figure_is_measured_for_each_number_of_edges(tmp_path: Path) -> None:
    world = sqlite.build(tmp_path / "small.db", SMALL)
    told = list[str]()
    with servers.running(UNCACHED, world) as server, browser.running() as chromium:
        rates, findings = compare(chromium, server, Rounds(1, 0, told.append))
    assert rates == []
    assert len(findings) == 12 * len(EDGES)
    assert all(finding.figures.median > 0 for finding in findings)
    assert len(told) == len(EDGES)

"""Small data sets, each with another form of coverage, and a client for them."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.editing import Editor
from tests.made_data_sets import MadeDataSet, load_made
from tests.stores import copy_of

# In the first half of 2012 old ends, and new takes its code; late starts in November 2011, and gone
# ends with that year.
ACTORS = """
    ally: {name: Ally, kind: STATE, codes: [{scheme: COW, value: 901}]}
    old: {name: Old, kind: STATE, codes: [{scheme: COW, value: 902, endedOn: 2012-03-31}]}
    new: {name: New, kind: STATE, codes: [{scheme: COW, value: 902, startedOn: 2012-04-01}]}
    late: {name: Late, kind: STATE, codes: [{scheme: COW, value: 903, startedOn: 2011-11-20}]}
    gone: {name: Gone, kind: STATE, codes: [{scheme: COW, value: 904, endedOn: 2011-12-31}]}
    vague:
      {name: Vague, kind: STATE, codes: [{scheme: GLEDITSCH_WARD, value: 905, startedOn: 200X}]}
    rebels: {name: "=Rebels", kind: ARMED_GROUP}
    army: {name: Army, kind: ARMED_GROUP}
"""
# By data set: its description, its supports, and its coverage.
DATASETS = {
    "whole": (
        "coversFrom: 2010-03\ncoversUntil: 2013\nsupportKinds: [ARTILLERY, TROOPS]",
        """
        guns: {supporter: ally, recipient: rebels, kind: ARTILLERY, phase: DELIVERED,
          startedOn: 2010-05, endedOn: 2011-02, sourceKey: "1"}
        more: {supporter: ally, recipient: rebels, kind: ARTILLERY, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, sourceKey: "2"}
        back: {supporter: rebels, recipient: ally, kind: ARTILLERY, phase: DELIVERED,
          startedOn: 2013, endedOn: 2013, sourceKey: "3"}
        some: {attribution: SOME_OF, candidates: [ally, late], recipient: rebels, kind: ARTILLERY,
          phase: DELIVERED, startedOn: 2012, endedOn: 2012, sourceKey: "4"}
        nobody: {attribution: UNKNOWN, recipient: rebels, kind: TROOPS, phase: DELIVERED,
          startedOn: 2012, endedOn: 2012, sourceKey: "5"}
        """,
        "",
    ),
    "hazy": (
        "coversFrom: 2000\ncoversUntil: 2019",
        """
        decade: {supporter: ally, recipient: rebels, kind: DRONES, phase: DELIVERED,
          startedOn: 201X, endedOn: 2012, sourceKey: "1"}
        broad: {supporter: ally, recipient: army, kind: MILITARY, phase: DELIVERED,
          startedOn: 2012, endedOn: 2012, sourceKey: "2"}
        cut: {supporter: ally, recipient: late, kind: DRONES, phase: DELIVERED,
          startedOn: 2012, endedOn: 2013, startCensored: true, endCensored: true, sourceKey: "3"}
        never: {supporter: rebels, recipient: army, kind: DRONES, phase: DELIVERED, sourceKey: "4"}
        pledged: {supporter: army, recipient: ally, kind: DRONES, phase: PLEDGED,
          startedOn: 2012, endedOn: 2012, sourceKey: "5"}
        given: {supporter: army, recipient: ally, kind: DRONES, phase: DELIVERED,
          startedOn: 2012, endedOn: 2013, sourceKey: "6"}
        """,
        "",
    ),
    "rows": (
        "coversFrom: 2000\ncoversUntil: 2019\nscope: Wars.",
        """
        one: {supporter: ally, recipient: rebels, kind: DRONES, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, endCensored: true, sourceKey: "1"}
        """,
        """
        early: {actor: rebels, role: AS_RECIPIENT, coversFrom: 2011, coversUntil: 2012}
        part: {actor: rebels, role: AS_RECIPIENT, coversFrom: 2014-02, coversUntil: 2015}
        """,
    ),
    "sums": (
        "coversFrom: 2009\ncoversUntil: 2014",
        """
        exact: {supporter: ally, recipient: rebels, kind: FUNDING, phase: DELIVERED,
          startedOn: 2011-07, endedOn: 2012, sourceKey: "1",
          worth: {value: 10, unit: CURRENCY, currency: EUR}}
        more: {supporter: ally, recipient: rebels, kind: FUNDING, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, sourceKey: "2",
          worth: {value: "0.5", unit: CURRENCY, currency: EUR}}
        dollars: {supporter: ally, recipient: rebels, kind: FUNDING, phase: DELIVERED,
          startedOn: 2013, endedOn: 2013, sourceKey: "3",
          worth: {value: 7, unit: CURRENCY, currency: USD}}
        some: {attribution: SOME_OF, candidates: [ally, army], recipient: rebels, kind: FUNDING,
          phase: DELIVERED, startedOn: 2011, endedOn: 2011, sourceKey: "4",
          worth: {value: 1000, unit: CURRENCY, currency: EUR}}
        undated: {supporter: army, recipient: rebels, kind: FUNDING, phase: DELIVERED,
          startedOn: 201X, endedOn: 2012, sourceKey: "5",
          worth: {value: 3, unit: CURRENCY, currency: EUR}}
        """,
        "",
    ),
    "towards": (
        "coversFrom: 2000\ncoversUntil: 2019\nscope: Aid to the rebels.",
        """
        one: {supporter: ally, recipient: rebels, kind: DRONES, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, sourceKey: "1"}
        """,
        """
        ally: {actor: ally, role: AS_SUPPORTER, counterpart: rebels, coversFrom: 2011,
          coversUntil: 2012}
        army: {actor: army, role: AS_EITHER, counterpart: rebels, coversFrom: 2011,
          coversUntil: 2012}
        """,
    ),
    "towards-several": (
        "coversFrom: 2000\ncoversUntil: 2019\nscope: Aid to some.",
        "",
        """
        ally: {actor: ally, role: AS_SUPPORTER, counterpart: rebels, coversFrom: 2011,
          coversUntil: 2012}
        army: {actor: army, role: AS_SUPPORTER, counterpart: ally, coversFrom: 2011,
          coversUntil: 2012}
        """,
    ),
    "unspecified": ("coversFrom: 200X\ncoversUntil: 201X", "", ""),
    "unspecified-rows": (
        "",
        "",
        "rebels: {actor: rebels, role: AS_EITHER, coversFrom: 200X, coversUntil: 201X}",
    ),
    "in-words": ("coversFrom: 2000\ncoversUntil: 2019\nscope: Wars.", "", ""),
}


@pytest.fixture(scope="module")
def editor(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner
) -> Iterator[Editor]:
    tmp_path = tmp_path_factory.mktemp("panel")
    path = copy_of(seeded, tmp_path)
    made = []
    for slug, (about, supports, coverage) in DATASETS.items():
        actors = ACTORS if slug == "whole" else ""
        files = {"actors": actors, "supports": supports, "coverage": coverage}
        made.append(MadeDataSet(slug, {name: text for name, text in files.items() if text}, about))
    load_made(path, tmp_path, *made)
    editor = Editor(path, runner)
    yield editor
    editor.close()

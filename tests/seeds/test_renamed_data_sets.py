"""A data set that a user has renamed is loaded as the same one."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from schema.concepts import CONCEPTS
from seeds.loader import load
from seeds.source import SeedError
from service.writing.operations import delete, find, update
from service.writing.transaction import Transaction
from tests.seeds.importing.samples import csv_text, esd_rows, imported, written
from tests.seeds.small import SMALL, Small, everything, rows
from tests.seeds.test_circles import Part

_DATASET = CONCEPTS["Dataset"]


def change(engine: Engine, slug: str, given: dict[str, Any] | None) -> None:
    """Changes a data set, or deletes it."""
    with engine.begin() as connection:
        tx = Transaction(connection, "somebody")
        key = find(tx, _DATASET, {"slug": slug})
        if given is None:
            delete(tx, _DATASET, key, None)
        else:
            update(tx, _DATASET, key, given, None)


def test_its_next_version_is_no_other_data_set(engine: Engine) -> None:
    small = Small(deepcopy(SMALL))
    load(engine, small)
    change(engine, "small", {"slug": "large"})
    small.version = "2.0"
    small.records["Support"]["drones"]["place"] = "Isfahan"
    message = load(engine, small).message
    assert message == "Loaded small 2.0: 1 support, 1 data set updated."
    assert rows(engine, "SELECT id, slug, version FROM dataset") == [(1, "large", "2.0")]
    assert rows(engine, "SELECT count(*) FROM support") == [(2,)]
    # Other data sets can refer to it by both names.
    for whole in ("small", "large"):
        load(engine, Part({}, slug=f"part-of-{whole}", part_of=whole))
    assert rows(engine, "SELECT part_of_id FROM dataset ORDER BY id") == [(None,), (1,), (1,)]


def test_a_slug_of_a_deleted_data_set_is_given_to_no_other(engine: Engine) -> None:
    small = Small(deepcopy(SMALL))
    load(engine, small)
    change(engine, "small", {"slug": "large"})
    change(engine, "large", None)
    before = everything(engine)
    small.version = "2.0"
    with pytest.raises(SeedError, match="The slug was that of a data set that is deleted"):
        load(engine, small)
    assert everything(engine) == before


def test_an_import_again_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    file = written(tmp_path / "esd.csv", csv_text(esd_rows()))
    imported(engine, "ucdp-esd", file)
    change(engine, "ucdp-esd", {"slug": "external-support"})
    before = everything(engine)
    (report,) = imported(engine, "ucdp-esd", file)
    assert report.revision is None
    assert everything(engine) == before

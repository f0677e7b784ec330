"""`allygraph migrate --to` migrates data and history to an earlier version and forward again."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect

from schema.migrations import HEAD, versions
from schema.search import SEARCH_TYPES
from tests.commands import run
from tests.http.editing import Editor
from tests.runner.parts import IS_SAMPLED
from tests.stores import change, copy_of, database_of, rows, table_names, url_of

# All versions before the newest.
EARLIER = versions()[:-1]
# The migration back to the first version passes through all others.
SAMPLE = (EARLIER[0], EARLIER[-1])


@pytest.fixture
def path(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Path:
    """All bundled data, and a record that was changed and one that was deleted."""
    path = copy_of(seeded, tmp_path)
    editor = Editor(path, runner)
    for name in ("Persia", "Iran (Islamic Republic of)"):
        editor.rest("PATCH", "actors/iran", {"name": name})
    gone = {"slug": "gone", "name": "Gone", "kind": "STATE"}
    editor.rest("POST", "actors", gone)
    editor.rest("DELETE", "actors/gone")
    editor.close()
    return path


def columns(path: Path) -> dict[str, list[str]]:
    engine: Engine = database_of(path).engine()
    names = table_names(path)
    found = {
        table: [column["name"] for column in described]
        for (_, table), described in inspect(engine).get_multi_columns(filter_names=names).items()
    }
    engine.dispose()
    return found


def contents(path: Path, of: dict[str, list[str]]) -> dict[str, list[Any]]:
    """Returns all rows of these tables, with these columns."""
    return {
        table: sorted(rows(path, f"SELECT {', '.join(names)} FROM {table}"), key=repr)
        for table, names in of.items()
        if table != "alembic_version"
    }


def _without_data_sets(entries: list[tuple[Any, ...]], place: int) -> list[tuple[Any, ...]]:
    """Returns the search entries except those of data sets.

    `place`: the index of the type's number in an entry. The numbers of later types decrease by one.
    """
    datasets = list(SEARCH_TYPES).index("DATASET")
    return [
        (*entry[:place], entry[place] - (entry[place] > datasets), *entry[place + 1 :])
        for entry in entries
        if entry[place] != datasets
    ]


@pytest.mark.sampled
@pytest.mark.parametrize("version", SAMPLE if IS_SAMPLED else EARLIER)
def test_records_and_history_are_there_after_the_way_back_and_forth(
    path: Path, version: str
) -> None:
    setting = {"ALLYGRAPH_DATABASE_URL": url_of(path)}
    newest = columns(path)
    before = contents(path, newest)
    back = run("migrate", "--to", version, **setting)
    assert back.status == 0, back.err
    assert f"is at migration {version}." in back.out
    kept = columns(path)
    gone = {
        f"{table}.{name}"
        for table, names in newest.items()
        for name in set(names) - set(kept.get(table, ()))
        if not table.endswith("_history")
    }
    said = back.out.partition("with their contents: ")[2].replace("\n", " ").rstrip(". ")
    assert {each.strip() for each in said.split(",") if each.strip()} == gone
    # Data that both versions have is the same, except dates that the earlier one cannot express,
    # amounts where it has no worths, and columns that it computes differently.
    changed = ("_on",) if "worth_value" in kept["support"] else ("_on", "quantity_")
    common = {
        table: [
            name
            for name in names
            if name in newest[table] and not any(part in name for part in changed)
        ]
        for table, names in kept.items()
        if table in newest
    }
    then = contents(path, common)
    positions = {
        table: [newest[table].index(name) for name in names] for table, names in common.items()
    }
    for table, found in then.items():
        expected = [tuple(row[place] for place in positions[table]) for row in before[table]]
        if table == "seed_key" and "conflict" not in kept:
            # Conflicts are removed, with the keys of data sets for them.
            expected = [row for row in expected if "Conflict" not in row]
        if table == "search_entry" and "search_vocabulary" not in kept:
            expected = _without_data_sets(expected, common[table].index("type"))
        assert found == sorted(expected, key=repr), table
    refused = run("serve", **setting)
    assert refused.status == 1
    assert f"at migration {version}, not {HEAD}: run `allygraph migrate`" in refused.err.replace(
        "\n", " "
    )
    assert run("migrate", **setting).status == 0
    assert run("migrate", "--check", **setting).status == 0
    assert columns(path) == newest


def test_history_goes_on_after_the_way_back_and_forth(path: Path, runner: asyncio.Runner) -> None:
    setting = {"ALLYGRAPH_DATABASE_URL": url_of(path)}
    for version in (versions()[-2], HEAD):
        assert run("migrate", "--to", version, **setting).status == 0
    # The token of the next editor has the same name.
    change(path, "DELETE FROM token")
    editor = Editor(path, runner)
    editor.rest("PATCH", "actors/iran", {"name": "Iran"})
    newest = editor.revision()
    names = [
        editor.rest("GET", f"actors/iran?fields=name&asOf={newest - back}").json()["name"]
        for back in (0, 1, 4)
    ]
    editor.close()
    assert names == ["Iran", "Iran (Islamic Republic of)", "Persia"]


def test_the_same_version_changes_nothing(path: Path) -> None:
    setting = {"ALLYGRAPH_DATABASE_URL": url_of(path)}
    before = {name: rows(path, f"SELECT count(*) FROM {name}") for name in table_names(path)}
    ended = run("migrate", "--to", HEAD, **setting)
    assert (ended.status, "Dropped" in ended.out) == (0, False)
    assert {name: rows(path, f"SELECT count(*) FROM {name}") for name in before} == before


@pytest.mark.parametrize("version", ["base", "0000", "-1", "head", ""])
def test_a_version_that_is_none_is_refused(path: Path, version: str) -> None:
    ended = run("migrate", f"--to={version}", ALLYGRAPH_DATABASE_URL=url_of(path))
    assert ended.status == 1
    assert f"Migrations: {', '.join(versions())}." in ended.err

"""`allygraph load` writes the lines of a file in one revision, or nothing."""

import json
from pathlib import Path
from typing import Any

from tests.commands import run
from tests.stores import copy_of, rows, url_of

FRANCE = {"create": "actor", "slug": "france", "name": "France", "kind": "STATE"}
MALI = {"create": "actor", "slug": "mali", "name": "Mali", "kind": "STATE"}


def written(path: Path, *lines: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return str(path)


def test_the_lines_of_a_file_are_one_revision(seeded: Path, tmp_path: Path) -> None:
    database = copy_of(seeded, tmp_path)
    settings = {"ALLYGRAPH_DATABASE_URL": url_of(database)}
    file, output = written(tmp_path / "new.ndjson", FRANCE, MALI), tmp_path / "ids.ndjson"
    ((before,),) = rows(database, "SELECT max(number) FROM revision")
    tried = run("load", file, "--dry-run", **settings)
    assert tried == (
        0,
        "Nothing is written, since this is a dry run: "
        "2 created, 0 updated, 0 deleted, 0 unchanged.\n",
        "",
    )
    done = run(
        *("load", file, "--author", "ada", "--message", "Two states", "--output", str(output)),
        **settings,
    )
    counts = "2 created, 0 updated, 0 deleted, 0 unchanged"
    assert done == (0, f"Revision {before + 1}: {counts}.\n", "")
    assert rows(database, "SELECT author, message FROM revision ORDER BY number DESC LIMIT 1") == [
        ("ada", "Two states")
    ]
    ids = [json.loads(line)["id"] for line in output.read_text("utf-8").splitlines()[:-1]]
    found = rows(database, "SELECT id FROM actor WHERE slug IN ('france', 'mali') ORDER BY slug")
    assert ids == [f"actor_{key}" for (key,) in found]


def test_all_faults_are_reported_and_nothing_is_written(seeded: Path, tmp_path: Path) -> None:
    database = copy_of(seeded, tmp_path)
    file = written(tmp_path / "bad.ndjson", FRANCE, {**MALI, "kind": "LAKE"}, FRANCE)
    done = run("load", file, ALLYGRAPH_DATABASE_URL=url_of(database))
    assert (done.status, done.out) == (1, "")
    first, second, last = done.err.splitlines()
    assert first.startswith("line 2: kind: ")
    assert first.endswith("(UNKNOWN_TERM)")
    assert second.startswith("line 3: slug: ")
    assert last == "allygraph: 2 lines are refused, so nothing was written."
    assert rows(database, "SELECT count(*) FROM actor WHERE slug = 'france'") == [(0,)]


def test_a_file_that_is_not_there(seeded: Path, tmp_path: Path) -> None:
    done = run("load", "nothing.ndjson", ALLYGRAPH_DATABASE_URL=url_of(copy_of(seeded, tmp_path)))
    assert done == (
        1,
        "",
        "allygraph: nothing.ndjson cannot be read: No such file or directory.\n",
    )


def test_lines_that_change_nothing_are_no_revision(seeded: Path, tmp_path: Path) -> None:
    database = copy_of(seeded, tmp_path)
    settings = {"ALLYGRAPH_DATABASE_URL": url_of(database)}
    file = written(tmp_path / "same.ndjson", {"update": "actor", "by": "iran", "name": "Persia"})
    assert run("load", file, **settings)[0] == 0
    ((newest,),) = rows(database, "SELECT max(number) FROM revision")
    told = f"Nothing changes, so revision {newest} stays the newest"
    counts = "0 created, 0 updated, 0 deleted, 1 unchanged"
    assert run("load", file, **settings) == (0, f"{told}: {counts}.\n", "")
    assert rows(database, "SELECT max(number) FROM revision") == [(newest,)]

"""`allygraph import`, and the guarantees of all importers."""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from seeds.files import Columns, FileRefused, open_table
from seeds.importing import run as importing
from seeds.importing.report import Report
from seeds.importing.run import DoesNotAddUp
from seeds.importing.spells import periods
from seeds.loader import Loaded
from seeds.ucdp_esd.reading import ExternalSupport
from tests.commands import run
from tests.seeds.importing.samples import csv_text, esd_row, esd_rows, imported, query, written
from tests.stores import copy_of, rows, url_of


def test_the_command_accounts_for_each_row(seeded: Path, tmp_path: Path) -> None:
    database = copy_of(seeded, tmp_path)
    settings = {"ALLYGRAPH_DATABASE_URL": url_of(database)}
    ((before,),) = rows(database, "SELECT max(number) FROM revision")
    wrong = esd_row(12, 1960, 10, 1)
    file = str(written(tmp_path / "esd.csv", csv_text([*esd_rows(), wrong])))
    report, left = tmp_path / "report.json", tmp_path / "left.csv"
    unknown = ("import", "ucdp-esd", file, "--unresolved", str(left), "--report", str(report))
    for dry in (("--dry-run",), ()):
        tried = run(*unknown, *dry, **settings)
        assert tried.status == 1
        assert tried.out.startswith("esd.csv: Nothing has changed.")
        assert "Unknown actors: 7 (--unresolved" in tried.err
        assert "esd.csv: nothing is imported. None of its 12 rows can be used. Row 6: " in tried.err
        assert len(left.read_text("utf-8").splitlines()) == 8
        (content,) = json.loads(report.read_text("utf-8"))
        assert (content["revision"], content["records"]) == (None, {})
    create = ("import", "ucdp-esd", file, "--create-missing", "--dry-run")
    assert "This was a dry run: nothing is kept." in run(*create, **settings).out
    assert rows(database, "SELECT max(number) FROM revision") == [(before,)]
    done = run(
        *("import", "ucdp-esd", file, "--create-missing", "--author", "ada"),
        *("--report", str(report)),
        **settings,
    )
    assert done.status == 0
    assert done.out.startswith(f"esd.csv: Revision {before + 1}: Loaded ucdp-esd 18.1: 8 actors, ")
    lines = {tuple(line.split()) for line in done.out.splitlines()}
    assert {("rows", "read", "12"), ("rows", "used", "11"), ("rows", "rejected", "1")} <= lines
    assert ("supports,", "CERTAIN", "14", "14") in lines
    assert done.err == (
        "Rejected rows: 1\n  1, such as row 13: The year 1960 is outside those of release 18.1.\n"
    )
    (content,) = json.loads(report.read_text("utf-8"))
    assert content["rows"] == {"read": 12, "used": 11, "rejected": 1}
    assert content["rejections"] == [
        {"row": 13, "reason": "The year 1960 is outside those of release 18.1."}
    ]
    assert {"name": "supports, SOME_OF", "file": "2", "database": "2"} in content["sums"]
    assert rows(database, "SELECT max(number) FROM revision") == [(before + 1,)]
    again = run("import", "ucdp-esd", file, "--create-missing", **settings)
    assert again.out.startswith("esd.csv: Nothing has changed.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("nothing", "a.csv"),
            "Unknown data set 'nothing'. Data sets: ucdp-esd, kiel, sipri, atop.",
        ),
        (("atop",), "Name the files of Alliance Treaty"),
        (("atop", "a.csv"), "a.csv: It cannot be read: No such file or directory."),
        (("atop", "a.csv", "--report", "no/r.json"), "no/r.json cannot be written: there is no"),
        (("atop", "a.csv", "--names", "b.csv"), "b.csv: It cannot be read"),
        (("atop", "a.csv", "--report", "/"), "/ cannot be written: it is a folder."),
        (("atop", "a.csv", "--unresolved", "./a.csv"), "a.csv is named twice: choose another"),
        (
            ("atop", "a.csv", "--names", "n.csv", "--unresolved", "n.csv"),
            "n.csv is named twice: choose another",
        ),
        (
            ("atop", "a.csv", "--report", "r", "--unresolved", "r"),
            "r is named twice: choose another",
        ),
    ],
)
def test_what_the_command_refuses(seeded: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run("import", *arguments, ALLYGRAPH_DATABASE_URL=url_of(seeded))
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(f"allygraph: {message}")


def test_sums_that_differ_leave_nothing(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "asked_back", lambda *_: {})
    with pytest.raises(DoesNotAddUp, match=r"supports, CERTAIN: the file has 14, the database 0"):
        imported(engine, "ucdp-esd", written(tmp_path / "a.csv", csv_text(esd_rows())))
    assert query(engine, "SELECT count(*) FROM actor") == [(0,)]


def test_a_file_that_changes_while_it_is_read_leaves_nothing(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "a.csv", csv_text(esd_rows()))

    def changing(*_: object) -> None:
        written(path, csv_text(esd_rows()[:5]))

    monkeypatch.setattr(importing, "load_within", _before(importing.load_within, changing))
    with pytest.raises(FileRefused, match=r"It has changed while it was read. Import it again"):
        imported(engine, "ucdp-esd", path)
    assert query(engine, "SELECT count(*) FROM actor") == [(0,)]


def _before(function: Callable[..., Loaded], do: Callable[[], None]) -> Callable[..., Loaded]:
    def both(*given: Any, **options: Any) -> Loaded:
        do()
        return function(*given, **options)

    return both


def test_a_file_that_ends_behind_its_header_is_no_empty_data_set(
    engine: Engine, tmp_path: Path
) -> None:
    """A data set without records would claim that it had observed no support of any actor."""
    path = written(tmp_path / "a.csv", csv_text(esd_rows()).partition("\n")[0] + "\n\n")
    with pytest.raises(DoesNotAddUp, match=r"nothing is imported. It has no rows below its header"):
        imported(engine, "ucdp-esd", path)
    assert query(engine, "SELECT count(*) FROM dataset") == [(0,)]


def test_a_failure_while_it_writes_leaves_nothing(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> Iterator[None]:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "asked_back", failing)
    with pytest.raises(KeyboardInterrupt):
        imported(engine, "ucdp-esd", written(tmp_path / "a.csv", csv_text(esd_rows())))
    assert query(engine, "SELECT count(*) FROM support") == [(0,)]
    assert query(engine, "SELECT max(number) FROM revision") == [(0,)]


def test_a_known_release_must_have_its_counts(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from seeds.importing.release import Release

    def expect(report: Report, *_: object) -> None:
        report.expected = Release("1", 11, {"supports, CERTAIN": 15}).counts

    monkeypatch.setattr(Report, "expect", expect)
    with pytest.raises(DoesNotAddUp, match=r"supports, CERTAIN: the release has 15, the file 14"):
        imported(engine, "ucdp-esd", written(tmp_path / "a.csv", csv_text(esd_rows())))


def test_rows_that_are_lost_are_noticed(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = ExternalSupport.entries

    def fewer(reading: ExternalSupport, *rest: object) -> Iterator[object]:
        yield from list(entries(reading, *rest))[:-10]  # type: ignore[arg-type]

    monkeypatch.setattr(ExternalSupport, "entries", fewer)
    with pytest.raises(DoesNotAddUp, match=r"supports, CERTAIN: the file has 14, the database 9"):
        imported(engine, "ucdp-esd", written(tmp_path / "a.csv", csv_text(esd_rows())))


def test_a_csv_file_is_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("a,b\n")
        for number in range(300_000):
            file.write(f"{number},{'x' * 40}\n")
    tracemalloc.start()
    try:
        table = open_table(path, Columns(("a", "b")))
        assert sum(1 for _ in table.rows(lambda *_: None)) == 300_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 13_000_000
    # Memory for a chunk of the file, its text and one row.
    assert peak < 6_000_000


def test_periods() -> None:
    assert list(periods([1990, 1993, 1991, 1994, 1999])) == [
        (1990, 1991),
        (1993, 1994),
        (1999, 1999),
    ]
    assert list(periods([])) == []

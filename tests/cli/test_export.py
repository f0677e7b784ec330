"""`allygraph export`: one collection as a file, or the whole database as a folder."""

import csv
import hashlib
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from schema.concepts import COLLECTIONS
from service.cli.exporting import export
from service.errors import AllyGraphError
from tests.commands import run, start
from tests.stores import url_of


@pytest.fixture
def settings(seeded: Path) -> dict[str, str]:
    return {"ALLYGRAPH_DATABASE_URL": url_of(seeded)}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_a_collection_is_a_file_with_its_filters(settings: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "supports.csv"
    query = "recipient.slug=russia&fields=id,kind&orderBy=-kind"
    done = run("export", "supports", "--query", query, "--output", str(output), **settings)
    found = rows(output)
    size = output.stat().st_size
    assert done == (0, f"{output}: {len(found)} records, {size} bytes, at revision 1.\n", "")
    assert list(found[0]) == ["id", "kind"]
    assert [row["kind"] for row in found] == sorted((row["kind"] for row in found), reverse=True)
    assert list(tmp_path.iterdir()) == [output]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("supports", "--output", "a.xlsx"),
            "unknown format '.xlsx'. End the name with one of .csv",
        ),
        (("supports", "--output", "a.csv", "--as-of", ""), "asOf: '' is invalid"),
        (("--output", "whole", "--as-of", ""), "asOf: '' is invalid"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_writes_nothing(
    settings: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    given = [
        str(tmp_path / each) if each in ("a.xlsx", "a.csv", "whole") else each for each in arguments
    ]
    done = run("export", *given, **settings)
    assert (done.status, done.out) == (1, "")
    assert message in done.err
    assert list(tmp_path.iterdir()) == []


def test_the_whole_database_is_a_folder_that_describes_itself(
    settings: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "whole"
    done = run("export", "--format", "jsonl", "--output", str(folder), **settings)
    assert done.status == 0, done.err
    assert done.out.startswith(f"{folder}: {len(COLLECTIONS)} files, ")
    described = {"datapackage.json", "croissant.json", "codebook.md", "citation.bib"}
    described.add("citation.txt")
    files = {f"{name}.jsonl" for name in COLLECTIONS}
    assert {path.name for path in folder.iterdir()} == files | described
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert "rutte-2024" in (folder / "citation.bib").read_text("utf-8")
    assert list(tmp_path.iterdir()) == [folder]


def test_as_parquet_the_whole_database_has_a_file_for_each_data_set(
    settings: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "whole"
    done = run("export", "--format", "parquet", "--output", str(folder), **settings)
    assert done.status == 0, done.err
    files = {path.relative_to(folder).as_posix() for path in folder.glob("**/*.parquet")}
    divided = {"supports": "rutte-2024", "coverage": "no_dataset"}
    assert files == {
        f"{name}/dataset={divided[name]}/part-0.parquet" if name in divided else f"{name}.parquet"
        for name in COLLECTIONS
    }
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    described = [each for resource in package["resources"] for each in parts_of(resource)]
    assert {each["path"] for each in described} == files
    for each in described:
        content = (folder / each["path"]).read_bytes()
        assert each["bytes"] == len(content)
        assert each["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    codebook = (folder / "codebook.md").read_text("utf-8")
    assert "`supports/*/*.parquet`, 9 records." in codebook
    assert "`no_dataset`" in codebook


def parts_of(resource: dict[str, Any]) -> list[dict[str, Any]]:
    return resource.get("parts") or [resource]


def test_what_is_there_stays_unless_it_is_to_be_replaced(
    settings: dict[str, str], tmp_path: Path
) -> None:
    output = tmp_path / "actors"
    output.write_text("mine")
    command = ("export", "actors", "--output", str(output))
    refused = run(*command, **settings)
    assert (refused.status, output.read_text()) == (1, "mine")
    assert refused.err == (
        f"allygraph: {output} exists already: choose another name, or add --replace.\n"
    )
    assert run(*command, "--replace", **settings).status == 0
    assert len(rows(output)) > 10
    assert list(tmp_path.iterdir()) == [output]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_killed_export_leaves_nothing_under_its_name_that_is_not_whole(
    settings: dict[str, str], tmp_path: Path, form: str
) -> None:
    cut_off = 0
    for attempt in range(8):
        parent = tmp_path / str(attempt)
        parent.mkdir()
        folder = parent / "whole"
        with start("export", "--format", form, "--output", str(folder), **settings) as process:
            # The export has begun when another file exists beside the name.
            while process.poll() is None and not any(parent.iterdir()):
                time.sleep(0.001)
            time.sleep(0.01 * attempt)
            process.kill()
        if folder.exists():
            package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
            for each in [part for found in package["resources"] for part in parts_of(found)]:
                assert each["bytes"] == (folder / each["path"]).stat().st_size
        else:
            cut_off += 1
            assert any(parent.iterdir())
    assert cut_off


def test_the_name_of_a_file_says_its_format(seeded: Path, tmp_path: Path) -> None:
    export(tmp_path / "actors.jsonl", names=["actors"], database_url=url_of(seeded))
    first, *_ = (tmp_path / "actors.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["slug"] == "russia"


@pytest.mark.parametrize(
    ("output", "form", "message"),
    [
        ("actors.csv", "jsonl", "actors.csv would be jsonl: use a name that ends in .jsonl."),
        ("-", "csv", "An export is written to a file: name one, such as supports.csv."),
    ],
)
def test_a_name_that_says_something_else_is_refused(
    seeded: Path, tmp_path: Path, output: str, form: str, message: str
) -> None:
    path = tmp_path / output if output != "-" else Path(output)
    with pytest.raises(AllyGraphError, match=re.escape(message)):
        export(path, names=["actors"], form=form, database_url=url_of(seeded))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"names": ["nothing"]}, "Unknown collection 'nothing'."),
        (
            {"names": ["actors"], "as_of": "2024-05"},
            "use a revision number, or an RFC 3339 time",
        ),
        ({"names": ["panel"]}, "`unit` is missing: give one of ACTOR_YEAR, DYAD_YEAR"),
        ({"form": "xlsx"}, "Unknown format 'xlsx'. Formats: csv, jsonl, parquet."),
        ({"names": ["actors", "supports"], "query": "id=actor_1"}, "--query is for one collection"),
        ({"names": ["actors", "totals"]}, "totals is not a collection: export it alone"),
        ({"names": ["actors"], "query": "nme=1"}, "`nme`: unknown 'nme'"),
        ({"names": ["actors"], "as_of": "99"}, "99"),
    ],
)
def test_a_mistake_is_an_error_and_leaves_nothing(
    seeded: Path, tmp_path: Path, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(AllyGraphError, match=re.escape(message)):
        export(tmp_path / "out", **options, database_url=url_of(seeded))
    assert list(tmp_path.iterdir()) == []

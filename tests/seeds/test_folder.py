"""A data set in a folder of YAML, read as it stands."""

import json
import re
from pathlib import Path

import pytest

from seeds import Folder, bundled, on_request
from seeds.source import Entry, SeedError


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "small_set"
    path.mkdir()
    (path / "dataset.yaml").write_text(
        "slug: small-set\ntitle: T\nversion: 1.10\nlicence: CC0\ncitation: C\n"
        "expected: {actors: 2}\n"
    )
    return Folder(path)


def write(folder: Folder, name: str, content: str) -> None:
    (folder.path / name).write_text(content, "utf-8")


def fields_of(folder: Folder) -> dict[tuple[str, str], object]:
    entries = [entry for entry in folder.entries() if isinstance(entry, Entry)]
    return {(entry.concept, entry.key): entry.fields for entry in entries}


def test_json_lines_stand_beside_yaml(folder: Folder) -> None:
    write(folder, "supports.yaml", "a-b: {kind: DRONES}\n")
    lines = (
        {"key": "b-c", "kind": "TROOPS", "quantity": {"value": "12000", "estimated": True}},
        {"key": "c-d", "evidence": [{"statement": "s", "stance": "ASSERTS"}]},
    )
    content = "\n\n".join(json.dumps(line) for line in lines)
    write(folder, "supports.jsonl", content)
    assert fields_of(folder) == {
        ("Support", "a-b"): {"kind": "DRONES"},
        ("Support", "b-c"): {
            "kind": "TROOPS",
            "quantity": {"value": "12000", "estimated": True},
        },
        ("Support", "c-d"): {},
        ("Evidence", "c-d s"): {"statement": "s", "stance": "ASSERTS", "support": "c-d"},
    }


def test_each_broken_line_is_reported_and_the_others_are_read(folder: Folder) -> None:
    write(folder, "actors.jsonl", '{"key": "a", "name": "A"}\n{"key": 1}\n[]\n{\n{"key": "b"}\n')
    entries = list(folder.entries())
    assert [entry.key for entry in entries if isinstance(entry, Entry)] == ["a", "b"]
    told = [str(entry).split(":")[:2] for entry in entries if isinstance(entry, SeedError)]
    assert told == [["small_set/actors.jsonl", f" line {number}"] for number in (2, 3, 4)]


def test_the_bundled_data_sets_are_the_folders_with_a_description() -> None:
    assert [folder.name for folder in bundled()] == ["rutte-2024"]
    assert [folder.name for folder in on_request()] == ["countries"]


def test_the_description_is_read_as_text(folder: Folder) -> None:
    description = folder.description()
    assert (description.slug, description.version) == ("small-set", "1.10")
    assert description.expected == {"actors": 2}
    assert description.url is None


def test_words_and_numbers_stay_as_they_are_written(folder: Folder) -> None:
    write(
        folder,
        "sources.yaml",
        "a: {title: no, publishedOn: 2024-10-28, note: 0o17}\n"
        "b: {title: 1e3, publishedOn: 2024, note: null, url: ~, reliability: }\n"
        "c: {title: true}\n",
    )
    assert fields_of(folder) == {
        ("Source", "a"): {"title": "no", "publishedOn": "2024-10-28", "note": "0o17"},
        ("Source", "b"): {
            "title": "1e3",
            "publishedOn": "2024",
            "note": None,
            "url": None,
            "reliability": None,
        },
        ("Source", "c"): {"title": True},
    }


def test_records_may_stand_inside_another(folder: Folder) -> None:
    write(folder, "actors.yaml", "rutte: {name: R, memberOf: [{organisation: nato, role: SG}]}\n")
    write(
        folder, "statements.yaml", "said: {text: T, evidence: [{support: troops, stance: ASSERTS}]}"
    )
    assert fields_of(folder) == {
        ("Actor", "rutte"): {"name": "R"},
        ("Membership", "rutte nato"): {"member": "rutte", "organisation": "nato", "role": "SG"},
        ("Statement", "said"): {"text": "T"},
        ("Evidence", "said troops"): {
            "statement": "said",
            "support": "troops",
            "stance": "ASSERTS",
        },
    }


def test_an_entry_knows_its_file(folder: Folder) -> None:
    write(folder, "actors.yaml", "iran: {name: Iran}\n")
    assert list(folder.entries()) == [
        Entry("Actor", "iran", {"name": "Iran"}, "small_set/actors.yaml")
    ]


BROKEN = [
    ("actors.yaml", "iran: {name: [", "small_set/actors.yaml: line [12]: "),
    ("actors.yaml", "a: {name: A}\na: {name: B}\n", "actors.yaml: line 2: 'a' is given twice"),
    ("actors.yaml", "a: {name: A, name: B}\n", "actors.yaml: line 1: 'name' is given twice"),
    ("actors.yaml", "- iran\n", "actors.yaml: It does not map keys"),
    ("actors.yaml", "", "actors.yaml: It does not map keys"),
    ("actors.yaml", "iran: Iran\n", "actors.yaml: actor iran: There are no fields"),
    ("actors.yaml", "iran: {memberOf: nato}\n", "actor iran: memberOf: It is not a list"),
    ("actors.yaml", "iran: {memberOf: [nato]}\n", "actor iran: memberOf: It is not a list"),
    ("players.yaml", "iran: {name: Iran}\n", "players.yaml: Its name is not that of a collection"),
    ("datasets.yaml", "iran: {name: Iran}\n", "datasets.yaml: Its name is not that"),
    ("actors.yaml", "iran: {name: \udcff}", "actors.yaml: .*utf-8"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_a_broken_file_is_reported_with_its_name(
    folder: Folder, name: str, content: str, message: str
) -> None:
    (folder.path / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    faults = [str(each) for each in folder.entries() if isinstance(each, SeedError)]
    assert [fault for fault in faults if re.search(message, fault)], faults


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("slug: a\ncolour: red\n", "small_set/dataset.yaml: colour: Unknown field"),
        ("slug: a\nexpected: many\n", "dataset.yaml: expected: It does not map"),
        ("slug: a\nexpected: {actors: many}\n", "dataset.yaml: expected: It does not map"),
    ],
)
def test_a_broken_description_is_reported(folder: Folder, content: str, message: str) -> None:
    write(folder, "dataset.yaml", content)
    with pytest.raises(SeedError, match=message):
        folder.description()


def test_the_digest_changes_with_what_is_in_the_files_and_what_they_are_called(
    folder: Folder,
) -> None:
    digests = {folder.digest()}
    write(folder, "actors.yaml", "a: {name: A}\n")
    digests.add(folder.digest())
    write(folder, "actors.yaml", "a: {name: B}\n")
    digests.add(folder.digest())
    (folder.path / "actors.yaml").rename(folder.path / "sources.yaml")
    digests.add(folder.digest())
    assert len(digests) == 4


def test_the_digest_stays_while_nothing_changes(folder: Folder) -> None:
    before = folder.digest()
    (folder.path / "__pycache__").mkdir()
    assert folder.digest() == before

"""The files of an export replace the old ones only when the export is complete."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.errors import StartError, TimedOut
from service.maintenance.exporting.files import beside, write_file


async def fails_midway() -> AsyncIterator[bytes]:
    yield b"the first half, "
    raise TimedOut("The database takes too long.")


async def whole() -> AsyncIterator[bytes]:
    yield b"the first half, "
    yield b"and the second"


async def write(target: Path, chunks: AsyncIterator[bytes]) -> None:
    with beside(target, replace=True) as made:
        await write_file(made, chunks)


@pytest.mark.parametrize("before", [None, "what was there"])
def test_a_file_that_is_not_whole_is_not_there(tmp_path: Path, before: str | None) -> None:
    target = tmp_path / "actors.csv"
    if before:
        target.write_text(before)
    with pytest.raises(TimedOut):
        asyncio.run(write(target, fails_midway()))
    assert [path.read_text() for path in tmp_path.iterdir()] == ([before] if before else [])
    asyncio.run(write(target, whole()))
    assert target.read_text() == "the first half, and the second"
    assert list(tmp_path.iterdir()) == [target]


def test_until_it_is_whole_it_has_another_name(tmp_path: Path) -> None:
    target = tmp_path / "whole"
    with beside(target, replace=False) as made:
        made.mkdir()
        (made / "actors.csv").write_text("id")
        assert not target.exists()
    assert (target / "actors.csv").read_text() == "id"


def test_folders_and_files_take_the_place_of_each_other(tmp_path: Path) -> None:
    target = tmp_path / "out"
    for content in ("file", "folder", "another folder", "file again"):
        with beside(target, replace=True) as made:
            if "folder" in content:
                made.mkdir()
                (made / content).touch()
            else:
                made.write_text(content)
        assert target.is_dir() is ("folder" in content)
        assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_does_not_exist_is_an_error_with_its_name(tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "actors.csv"
    message = r"actors\.csv cannot be written: No such file"
    with pytest.raises(StartError, match=message), beside(target, replace=False):
        pass

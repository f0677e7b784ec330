"""Writes a file or folder under a temporary name, and renames it when it is complete."""

import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from service.errors import StartError


@dataclass(frozen=True)
class WrittenFile:
    """A complete file: its size in bytes, and its SHA-256 in hexadecimal.

    `name`: the path within the export, with slashes.
    """

    name: str
    size: int
    digest: str


@contextmanager
def beside(target: Path, *, replace: bool) -> Iterator[Path]:
    """Yields a new path in a folder beside `target`, and renames it to `target` after the block.

    If the block fails, `target` is unchanged and nothing new remains. Raises StartError if `target`
    exists and `replace` is false, or can't be written.
    """
    if target.exists() and not replace:
        raise StartError(f"{target} exists already: choose another name, or add --replace.")
    try:
        folder = Path(mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise StartError(f"{target} cannot be written: {error.strerror}.") from None
    try:
        made = folder / target.name
        yield made
        _take_place(made, target, folder)
    except OSError as error:
        raise StartError(f"{target} cannot be written: {error.strerror}.") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _take_place(made: Path, target: Path, folder: Path) -> None:
    """Renames `made` to `target`: at once for files, but folders need the old one moved away."""
    if target.exists() and (target.is_dir() or made.is_dir()):
        target.rename(folder / "replaced")
    made.replace(target)
    _sync(target.parent)


async def write_file(path: Path, chunks: AsyncIterator[bytes]) -> WrittenFile:
    """Writes the chunks to a new file, synced to disk. Raises OSError and AllyGraphError."""
    file = GrowingFile(path.parent, path.name)
    async for chunk in chunks:
        file.append(chunk)
    return file.finish()


class GrowingFile:
    """A new file that is written in several steps, and closed in between: there may be many."""

    def __init__(self, folder: Path, name: str) -> None:
        """`name`: the path within the folder of the export, with slashes. Raises OSError."""
        self._name, self._path = name, folder / name
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.open("xb").close()
        self._size, self._digest = 0, hashlib.sha256()

    def append(self, chunk: bytes) -> None:
        """Appends a chunk. Raises OSError."""
        if chunk:
            with self._path.open("ab") as file:
                file.write(chunk)
            self._size += len(chunk)
            self._digest.update(chunk)

    def finish(self) -> WrittenFile:
        """Syncs the file to disk. Raises OSError."""
        with self._path.open("ab") as file:
            os.fsync(file.fileno())
        return WrittenFile(self._name, self._size, self._digest.hexdigest())


def _sync(folder: Path) -> None:
    """Syncs the names in a folder to disk; does nothing on Windows."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

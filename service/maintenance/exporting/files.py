"""Writes beside the place where a file or folder is to be, and renames it once it is whole."""

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
    """A file that is whole: its size in bytes, and its SHA-256 in hexadecimal.

    `name`: its path within the export, with slashes.
    """

    name: str
    size: int
    digest: str


@contextmanager
def beside(target: Path, *, replace: bool) -> Iterator[Path]:
    """A new path in a folder beside `target`, which takes its place if the block succeeds.

    What is there already stays unless `replace` is set; after a failure nothing new is left.
    Raises StartError.
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
    """A file takes the place of another one at once; a folder needs the place to be free."""
    if target.exists() and (target.is_dir() or made.is_dir()):
        target.rename(folder / "replaced")
    made.replace(target)
    _sync(target.parent)


async def write_file(path: Path, chunks: AsyncIterator[bytes]) -> WrittenFile:
    """Writes the chunks, and waits until the disk has them. Raises OSError and AllyGraphError."""
    file = GrowingFile(path.parent, path.name)
    async for chunk in chunks:
        file.append(chunk)
    return file.finish()


class GrowingFile:
    """A new file that is written bit by bit. It is not open in between: there may be many."""

    def __init__(self, folder: Path, name: str) -> None:
        """`name`: its path within the folder of the export, with slashes. Raises OSError."""
        self._name, self._path = name, folder / name
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.open("xb").close()
        self._size, self._digest = 0, hashlib.sha256()

    def append(self, chunk: bytes) -> None:
        """Writes more. Raises OSError."""
        if chunk:
            with self._path.open("ab") as file:
                file.write(chunk)
            self._size += len(chunk)
            self._digest.update(chunk)

    def finish(self) -> WrittenFile:
        """Waits until the disk has all of it. Raises OSError."""
        with self._path.open("ab") as file:
            os.fsync(file.fileno())
        return WrittenFile(self._name, self._size, self._digest.hexdigest())


def _sync(folder: Path) -> None:
    """Makes the disk keep the names in a folder, where the system can do that."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

"""The bundled data sets: a folder each, recognised by its `dataset.yaml`."""

from collections.abc import Iterator
from pathlib import Path

from seeds.folder import DESCRIPTION, Folder

__all__ = ["Folder", "bundled", "on_request"]

# A start loads all data sets but these, which a user loads by name.
_ON_REQUEST = frozenset({"countries"})


def bundled() -> tuple[Folder, ...]:
    """The data sets that a start loads, ordered by name. Reads none of their files."""
    return tuple(folder for folder in _folders() if folder.name not in _ON_REQUEST)


def on_request() -> tuple[Folder, ...]:
    """The bundled data sets that are loaded only by name. Reads none of their files."""
    return tuple(folder for folder in _folders() if folder.name in _ON_REQUEST)


def _folders() -> Iterator[Folder]:
    here = Path(__file__).parent
    return (Folder(file.parent) for file in sorted(here.glob(f"*/{DESCRIPTION}")))

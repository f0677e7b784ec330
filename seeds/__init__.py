"""Where the data comes from: one folder a data set, found by its dataset.yaml."""

from collections.abc import Iterator
from pathlib import Path

from seeds.folder import DESCRIPTION, Folder

__all__ = ["Folder", "bundled", "on_request"]

# Those that are loaded where somebody asks for them by name: a start loads the others alone.
_ON_REQUEST = frozenset({"countries"})


def bundled() -> tuple[Folder, ...]:
    """The data sets that a start loads, by name. Reads none of them."""
    return tuple(folder for folder in _folders() if folder.name not in _ON_REQUEST)


def on_request() -> tuple[Folder, ...]:
    """The data sets that come with AllyGraph too and are loaded by name alone. Reads none."""
    return tuple(folder for folder in _folders() if folder.name in _ON_REQUEST)


def _folders() -> Iterator[Folder]:
    here = Path(__file__).parent
    return (Folder(file.parent) for file in sorted(here.glob(f"*/{DESCRIPTION}")))

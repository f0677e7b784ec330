"""Where the data comes from: one folder a data set, found by its dataset.yaml."""

from pathlib import Path

from seeds.folder import DESCRIPTION, Folder

__all__ = ["Folder", "bundled"]


def bundled() -> tuple[Folder, ...]:
    """The data sets that come with AllyGraph, by name. Reads none of them."""
    here = Path(__file__).parent
    return tuple(Folder(file.parent) for file in sorted(here.glob(f"*/{DESCRIPTION}")))

"""docs/exporting.md lists the columns of each collection.

`python -m tests.docs.test_exporting` rewrites the lists.
"""

from collections.abc import Iterator

from schema.concepts import COLLECTIONS
from service.engine.exporting.columns import columns_of
from tests.commands import ROOT

PAGE = ROOT / "docs" / "exporting.md"
START = "\nThe columns of each collection:\n"


def tables() -> Iterator[str]:
    for name, concept in COLLECTIONS.items():
        yield f"\n### `{name}`\n\n| column | contents |\n|---|---|\n"
        for column in columns_of(concept, ()):
            yield f"| `{column.name}` | {column.description} |\n"


def test_the_page_lists_the_columns_of_each_collection() -> None:
    assert PAGE.read_text("utf-8").partition(START)[2] == "".join(tables())


if __name__ == "__main__":
    before, start, _ = PAGE.read_text("utf-8").partition(START)
    PAGE.write_text(before + start + "".join(tables()), "utf-8")

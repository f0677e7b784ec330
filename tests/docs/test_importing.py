"""docs/importing.md shows the output of `allygraph import DATASET --mapping`.

`python -m tests.docs.test_importing` rewrites it.
"""

import pytest

from seeds.importing.catalogue import importer, names
from seeds.importing.mapping_text import mapping_text
from tests.commands import ROOT, run

PAGE = ROOT / "docs" / "importing.md"
START = "Each section is what `allygraph import DATASET --mapping` prints.\n"


def sections() -> str:
    return "".join(f"\n### `{name}`\n\n{mapping_text(importer(name))}" for name in names())


def test_the_page_shows_the_mapping_of_each_importer() -> None:
    assert PAGE.read_text("utf-8").partition(START)[2] == sections()


@pytest.mark.parametrize("name", names())
def test_the_command_prints_it(name: str) -> None:
    assert run("import", name, "--mapping").out == mapping_text(importer(name))


if __name__ == "__main__":
    before, start, _ = PAGE.read_text("utf-8").partition(START)
    PAGE.write_text(before + start + sections(), "utf-8")

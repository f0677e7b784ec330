"""The Python of docs/analysis.md runs, and its results are those of the data."""

import re
from pathlib import Path

import pytest

from tests.commands import ROOT, serving
from tests.readers.running import run
from tests.stores import url_of

# The same whichever database answers.
pytestmark = pytest.mark.sqlite

CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_guide_of_analyses_runs(seeded: Path, tmp_path: Path) -> None:
    code = "\n".join(CODE.findall((ROOT / "docs" / "analysis.md").read_text("utf-8")))
    script = tmp_path / "analysis.py"
    with serving("--database-url", url_of(seeded)) as server:
        script.write_text(code.replace("http://127.0.0.1:8000", server.url))
        printed = run(script, folder=tmp_path)
    # The network: who receives most.
    assert printed.startswith("Russia: 5\n")
    assert (tmp_path / "network.gexf").read_bytes().startswith(b"<?xml")
    # The table and its citation.
    assert "North Korea" in (tmp_path / "table.html").read_text("utf-8")
    references = (tmp_path / "references.bib").read_text("utf-8")
    assert references.count("@misc{") == 2
    assert "dataset.slug=rutte-2024" in references

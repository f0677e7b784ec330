"""The example queries of GraphiQL."""

from pathlib import Path
from typing import Any

import pytest

EXAMPLES = sorted((Path(__file__).parents[2] / "web" / "examples").glob("*.graphql"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_has_an_answer_with_something_in_it(
    ask: Any, seeded: Path, example: Path
) -> None:
    answer = ask(seeded, example.read_text())
    assert "errors" not in answer
    for key, value in answer["data"].items():
        assert value, f"{key} is empty"
        assert not isinstance(value, dict) or value.get("nodes", True), f"{key} finds nothing"

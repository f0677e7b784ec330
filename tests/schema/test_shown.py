"""Messages quote the values of clients."""

import pytest

from schema.values.shown import shown


@pytest.mark.parametrize(
    ("value", "quoted"),
    [(None, "null"), (True, "true"), (False, "false"), (1, "1"), (0, "0"), ("none", "'none'")],
)
def test_a_value_of_json_is_quoted_as_json_writes_it(value: object, quoted: str) -> None:
    assert shown(value) == quoted

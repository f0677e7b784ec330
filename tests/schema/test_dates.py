"""Partial dates are what the standard says: compared with the library `edtf`."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from schema.dates import partial_date


@given(st.dates(), st.sampled_from((4, 7, 10)))
def test_first_and_last_day_are_those_of_the_standard(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    expected = parse_edtf(text)
    found = partial_date(text)
    assert found.text == text
    assert found.earliest == date(*expected.lower_strict()[:3]).isoformat()
    assert found.latest == date(*expected.upper_strict()[:3]).isoformat()


@pytest.mark.parametrize(
    ("text", "latest"),
    [("2023-02", "2023-02-28"), ("2024-02", "2024-02-29"), ("1900-02", "1900-02-28")],
)
def test_february_ends_when_it_does(text: str, latest: str) -> None:
    assert partial_date(text).latest == latest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "20245",
        "0000",
        "2024-13",
        "2024-00",
        "2024-1",
        "2024-02-30",
        "2023-02-29",
        "2024-10-28T00:00:00Z",
        "2024/2025",
        "2024~",
        "202X",
        "-2024",
        " 2024",
        "2024\n",
        "٢٠٢٤",
    ],
)
def test_all_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an ISO 8601 date"):
        partial_date(text)

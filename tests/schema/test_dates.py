"""Partial dates follow the standard, compared with the library `edtf`."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.values.dates import partial_date
from tests.runner.parts import examples

# The omitted or unspecified digits of a date: the year alone, 198X, 2004-XX, 2004-06-XX...
_FORMS = (
    "{y}",
    "{y}-{m}",
    "{y}-{m}-{d}",
    "{y:.3}X",
    "{y:.2}XX",
    "{y}-XX",
    "{y}-{m}-XX",
    "{y}-XX-XX",
)


@pytest.mark.sampled
@settings(max_examples=examples(300, 3_000))
@given(st.dates(min_value=date(100, 1, 1)), st.sampled_from(_FORMS), st.sampled_from(("", *"?~%")))
def test_first_and_last_day_are_those_of_the_standard(day: date, form: str, qualifier: str) -> None:
    year, month, day_of_month = day.isoformat().split("-")
    text = form.format(y=year, m=month, d=day_of_month) + qualifier
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
        "2024~~",
        "~2024",
        "20X4",
        "2XXX",
        "00XX",
        "202X-10",
        "2024-XX-28",
        "2024-1X",
        "2024-10-2X",
        "2024-10-28T",
        "2024-21",
        "Y2024",
        "202x",
        "-2024",
        " 2024",
        "2024\n",
        "٢٠٢٤",
    ],
)
def test_all_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an EDTF date"):
        partial_date(text)

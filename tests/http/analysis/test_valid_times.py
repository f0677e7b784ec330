"""Filters by validity follow the rules of `docs/model.md`, compared by hand in both APIs."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.editing import Editor
from tests.made_data_sets import MadeDataSet, load_made
from tests.stores import copy_of

# By key: the dates of a support of a data set with coverage until 2017, or of one without stated
# coverage.
LOOKED = {
    "exact": "startedOn: 2010-03-01, endedOn: 2010-09-30",
    "open": "startedOn: 2010-06",
    "start": "startedOn: 2011",
    "decade": "startedOn: 201X, endedOn: 2019",
    "end": "endedOn: 2010-05",
    "censored": "startedOn: 2010, endedOn: 2012, startCensored: true, endCensored: true",
    "none": "agreedOn: 2010",
}
NEVER_SAID = {"lasting": "startedOn: 2010-06", "stopped": "startedOn: 2010, endCensored: true"}


# The coverage of a data set, in various forms.
UNTIL = ("201X", "2004-XX", "2004-XX-XX", "2004-06-XX", "2004-06~")
FROM = ("201X", "2004-XX", "2004-XX-XX", "2004-06-XX", "2004-06~")


def supports(dates: dict[str, str]) -> str:
    shared = "attribution: UNKNOWN, recipient: rebels, kind: WEAPONS, phase: DELIVERED"
    lines = (f"{key}: {{{shared}, sourceKey: {key}, {each}}}\n" for key, each in dates.items())
    return "".join(lines)


@pytest.fixture
def editor(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    path = copy_of(seeded, tmp_path)
    war = "{name: War, kind: INTRASTATE, startedOn: 1990, endedOn: 1994-03}"
    files = {
        "actors": "rebels: {name: Rebels, kind: ARMED_GROUP}",
        "conflicts": f"war: {war}",
        "coverage": "rebels: {actor: rebels, role: AS_RECIPIENT, coversFrom: 1989}",
        "supports": supports(LOOKED),
    }
    looked = MadeDataSet("looked", files, "coversFrom: 1975\ncoversUntil: 2017")
    never_said = MadeDataSet("never-said", {"supports": supports(NEVER_SAID)})
    ends = (f"coversFrom: 1900, coversUntil: {each}" for each in UNTIL)
    starts = (f"coversFrom: {each}, coversUntil: 2030" for each in FROM)
    coverage = "".join(
        f"{number}: {{actor: rebels, role: AS_RECIPIENT, {dates}}}\n"
        for number, dates in enumerate((*ends, *starts))
    )
    vague = {"coverage": coverage, "supports": supports({"vaguely": "startedOn: 2005"})}
    made = MadeDataSet("vague", vague, "coversFrom: 2000\ncoversUntil: 201X")
    load_made(path, tmp_path, looked, never_said, made)
    editor = Editor(path, runner)
    yield editor
    editor.close()


def found(editor: Editor, dataset: str, where: str, parameters: str) -> tuple[set[str], int]:
    """Returns the keys of the supports that both APIs match, and the number left out."""
    of = f'dataset: {{slug: {{eq: "{dataset}"}}}}'
    page = f"supports(where: {{{of}, {where}}}) {{ unknownCount nodes {{ sourceKey }} }}"
    graphql = editor.ask(f"{{ {page} }}")["data"]["supports"]
    address = f"supports?dataset.slug={dataset}&{parameters}&fields=sourceKey"
    rest = editor.rest("GET", address).json()
    assert rest["data"] == graphql["nodes"]
    assert rest["page"]["unknownCount"] == graphql["unknownCount"]
    return {each["sourceKey"] for each in rest["data"]}, rest["page"]["unknownCount"]


# The date, the supports that are certainly valid then, and those that may be.
AT = [
    ("2010-06-30", {"exact", "open"}, {"decade", "censored", "none"}),
    ("2010-05", {"exact", "end"}, {"decade", "censored", "none"}),
    ("2010", {"exact", "open", "end", "censored"}, {"decade", "none"}),
    ("2009", set(), {"end", "censored", "none"}),
    ("2011", {"open", "start", "censored"}, {"decade", "none"}),
    ("2011-01", {"open", "censored"}, {"start", "decade", "none"}),
    # The last year that the data set covers, and the first that it does not.
    ("2017-12", {"open", "start"}, {"decade", "censored", "none"}),
    ("2018", set(), {"open", "start", "decade", "censored", "none"}),
    ("2019", {"decade"}, {"open", "start", "censored", "none"}),
    ("201X", {"exact", "open", "start", "decade", "end", "censored"}, {"none"}),
]


@pytest.mark.parametrize(("date", "certain", "possible"), AT)
def test_what_is_valid_at_a_date(
    editor: Editor, date: str, certain: set[str], possible: set[str]
) -> None:
    expected = (certain, len(possible))
    assert found(editor, "looked", f'validAt: "{date}"', f"validAt={date}") == expected
    during = f'validDuring: {{from: "{date}", to: "{date}"}}'
    parameters = f"validDuring.from={date}&validDuring.to={date}"
    assert found(editor, "looked", during, parameters) == expected


def test_a_support_without_an_end_lasts_if_coverage_is_not_stated(editor: Editor) -> None:
    where, parameters = 'validDuring: {from: "2900"}', "validDuring.from=2900"
    assert found(editor, "never-said", where, parameters) == ({"lasting"}, 1)
    where, parameters = 'validDuring: {to: "2010-06"}', "validDuring.to=2010-06"
    assert found(editor, "never-said", where, parameters) == ({"lasting"}, 1)


def test_what_has_no_end_goes_on_as_long_as_the_data_set_surely_looked(editor: Editor) -> None:
    for date, expected in (("2010-12-31", ({"vaguely"}, 0)), ("2011", (set(), 1))):
        assert found(editor, "vague", f'validAt: "{date}"', f"validAt={date}") == expected
    totals = 'supportTotals(groupBy: [YEAR], where: {dataset: {slug: {eq: "vague"}}})'
    years = editor.ask(f"{{ {totals} {{ nodes {{ year }} }} }}")["data"]["supportTotals"]["nodes"]
    assert [each["year"] for each in years] == list(range(2005, 2011))


@pytest.mark.parametrize(
    ("date", "until", "may_be_until", "start", "may_start"),
    [
        ("2004-01-01", {*UNTIL}, 0, set(), 2),
        ("2004-01-31", {*UNTIL} - {"2004-XX-XX"}, 1, set(), 2),
        ("2004-06-01", {"201X", "2004-06-XX", "2004-06~"}, 2, {"2004-06~"}, 3),
        ("2004-06-30", {"201X", "2004-06~"}, 3, {"2004-06-XX", "2004-06~"}, 2),
        ("2004-12-01", {"201X"}, 2, {*FROM} - {"201X", "2004-XX-XX"}, 1),
        ("2004-12-31", {"201X"}, 2, {*FROM} - {"201X"}, 0),
        ("2010-12-31", {"201X"}, 0, {*FROM} - {"201X"}, 1),
        ("2011", set(), 1, {*FROM} - {"201X"}, 1),
        ("2019-01-01", set(), 1, {*FROM}, 0),
    ],
)
def test_coverage_is_certain_whatever_its_unspecified_digits_are(
    editor: Editor, date: str, until: set[str], may_be_until: int, start: set[str], may_start: int
) -> None:
    for end, expected, unknown in (
        ("coversUntil", until, may_be_until),
        ("coversFrom", start, may_start),
    ):
        other = {
            "coversUntil": 'coversFrom: {lte: "1900"}',
            "coversFrom": 'coversUntil: {gte: "2030"}',
        }
        where = f'validAt: "{date}", dataset: {{slug: {{eq: "vague"}}}}, {other[end]}'
        page = editor.ask(
            f"{{ coverage(where: {{{where}}}) {{ unknownCount nodes {{ {end} }} }} }}"
        )
        given = page["data"]["coverage"]
        assert {each[end] for each in given["nodes"]} == expected
        assert given["unknownCount"] == unknown


def test_conflicts_coverage_and_data_sets_have_periods(editor: Editor) -> None:
    answer = editor.ask(
        """{
          before: conflicts(where: {validAt: "1989"}) { totalCount unknownCount }
          begun: conflicts(where: {validAt: "1990-06"}) { totalCount unknownCount }
          over: conflicts(where: {validAt: "1994"}) { totalCount unknownCount }
          set: dataset(by: {slug: "looked"}) {
            looked: coverage(where: {validAt: "2017-12-31"}) { totalCount unknownCount }
            not: coverage(where: {validAt: "2018"}) { totalCount unknownCount }
          }
          sets: datasets(where: {validAt: "1975"}) { unknownCount nodes { slug } }
          within: actors(where: {supportsReceived: {some: {validAt: "2011-01"}}, kind: {eq:
            ARMED_GROUP}}) { totalCount }
        }""",
    )["data"]
    assert answer["before"] == {"totalCount": 0, "unknownCount": 0}
    assert answer["begun"] == {"totalCount": 0, "unknownCount": 1}
    assert answer["over"] == {"totalCount": 1, "unknownCount": 0}
    assert answer["set"]["looked"] == {"totalCount": 1, "unknownCount": 0}
    assert answer["set"]["not"] == {"totalCount": 0, "unknownCount": 0}
    # Two data sets have no stated coverage: the bundled one, and one of these.
    assert answer["sets"] == {"unknownCount": 2, "nodes": [{"slug": "looked"}]}
    assert answer["within"] == {"totalCount": 1}


REFUSED = [
    ('validAt: "soon"', "validAt=soon"),
    ('validDuring: {from: "2010-13"}', "validDuring.from=2010-13"),
    ('validDuring: {from: "2011", to: "2010"}', "validDuring.from=2011&validDuring.to=2010"),
    ("validDuring: {}", "validDuring=2010"),
    ("validAt: null", "validAt.gte=2010"),
]


@pytest.mark.parametrize(("where", "parameters"), REFUSED)
def test_what_is_no_time_is_refused(editor: Editor, where: str, parameters: str) -> None:
    answer = editor.ask(f"{{ supports(where: {{{where}}}) {{ totalCount }} }}")
    codes = {error["extensions"]["code"] for error in answer["errors"]}
    assert codes <= {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}
    refused = editor.rest("GET", f"supports?{parameters}")
    assert (refused.status_code, refused.json()["code"]) == (400, "BAD_USER_INPUT")


def test_only_records_with_a_period_take_a_time(editor: Editor) -> None:
    assert editor.rest("GET", "actors?validAt=2010").json()["code"] == "BAD_USER_INPUT"
    assert editor.ask('{ actors(where: {validAt: "2010"}) { totalCount } }')["errors"]

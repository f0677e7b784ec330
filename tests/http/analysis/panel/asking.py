"""Queries a panel over both APIs and as CSV."""

import csv
from io import StringIO
from typing import Any

from tests.http.editing import Editor

Json = dict[str, Any]
NUMBERS = ("certain", "possible", "missing")
UNITS = {
    "DIRECTED_DYAD_YEAR": ("supporter", "recipient"),
    "DYAD_YEAR": ("first", "second"),
    "ACTOR_YEAR": ("actor",),
}


def address(**given: str) -> str:
    return "&".join(f"{name.rstrip('_')}={value}" for name, value in given.items())


def document(**given: str) -> str:
    """Returns the same query in GraphQL, with all fields."""

    def written(name: str, value: str) -> str:
        listed = value.split(",")
        if name in ("after", "amounts"):
            return f'"{value}"'
        if name in ("datasets", "actors"):
            return "[" + ", ".join(f'"{each}"' for each in listed) + "]"
        return f"[{value}]" if name in ("kinds", "phases") else value

    arguments = ", ".join(
        f"{name.rstrip('_')}: {written(name, value)}" for name, value in given.items()
    )
    actors = " ".join(f"{name} {{ id slug name kind code }}" for name in UNITS[given["unit"]])
    numbers = "certain possible sum uncertain missing"
    cells = f"dataset kind phase side {numbers} supports possibleSupports"
    row = f"year {actors} cells {{ {cells} }}"
    size = "" if "first" in given else ", first: 500"
    return f"{{ panel({arguments}{size}) {{ totalCount nodes {{ {row} }} }} }}"


def panel(editor: Editor, unit: str, **given: str) -> list[Json]:
    """Returns the rows of both APIs, which must be equal and agree with CSV."""
    given = {"unit": unit} | given
    page = editor.ask(document(**given))["data"]["panel"]
    rest = editor.rest("GET", f"panel?{address(**given)}&first=500").json()
    assert rest["data"] == page["nodes"]
    assert page["totalCount"] == rest["page"]["totalCount"] == len(page["nodes"])
    file = editor.rest("GET", f"panel.csv?{address(**given)}")
    _, *lines = csv.reader(StringIO(file.text))
    assert len(lines) == len(page["nodes"])
    for line, row in zip(lines, page["nodes"], strict=True):
        names = ("certain", "possible", *(("sum",) if "amounts" in given else ()))
        numbers = [cell[name] for cell in row["cells"] for name in names]
        assert line[-len(numbers) :] == ["" if each is None else str(each) for each in numbers]
    rows: list[Json] = page["nodes"]
    return rows


def check_addresses(editor: Editor, cell: Json) -> None:
    """Checks that the addresses of a cell lead to as many supports as it counts."""
    unknown = 0
    for name, field in (("supports", "certain"), ("possibleSupports", "possible")):
        pages = [editor.send("GET", each).json()["page"] for each in cell[name]]
        assert sum(page["totalCount"] for page in pages) == (cell[field] or 0)
        unknown += sum(page["unknownCount"] for page in pages)
    assert cell["uncertain"] == unknown


def cells(rows: list[Json], *slugs: str) -> dict[int, list[tuple[Any, ...]]]:
    """Returns, by year, certain, possible and missing of each cell of one unit."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        its = tuple(value["slug"] for value in row.values() if isinstance(value, dict))
        if its == slugs:
            found[row["year"]] = [tuple(cell[name] for name in NUMBERS) for cell in row["cells"]]
    return found


def one(rows: list[Json], *slugs: str) -> dict[int, tuple[Any, ...]]:
    """Returns, by year, certain, possible and missing of the only cell."""
    return {year: cell for year, (cell,) in cells(rows, *slugs).items()}


ZERO = (0, 0, None)


def missing(why: str) -> tuple[Any, ...]:
    return (None, None, why)


YEARS = {"from_": "2009", "to": "2014"}

"""Made-up files in the formats of the real ones."""

import asyncio
import csv
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sqlalchemy import Engine, text

from seeds.importing.actors import Settings
from seeds.importing.catalogue import importer
from seeds.importing.report import Report
from seeds.importing.run import run
from service.database import database_at
from service.documents.documents import GraphQLRequest
from service.engine.engine import Engine as ServiceEngine
from service.engine.queries import Queries
from service.request.context import RequestContext
from service.settings import Settings as ServiceSettings
from tests import postgresql

CREATE = Settings(create_missing=True)


def imported(
    engine: Engine, name: str, *files: Path, settings: Settings = CREATE, is_dry_run: bool = False
) -> list[Report]:
    return run(engine, importer(name), files, settings=settings, is_dry_run=is_dry_run)


def query(engine: Engine, sql: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def answered(engine: Engine, document: str) -> Any:
    """Returns the service's result of a GraphQL query."""
    service = ServiceEngine(ServiceSettings(seconds=60), database_at(_url_of(engine)))
    with asyncio.Runner() as runner:
        answer = runner.run(Queries(service).answer(GraphQLRequest(document), RequestContext()))
        runner.run(service.close())
    return json.loads(answer.body)["data"]


def _url_of(engine: Engine) -> str:
    """Returns the URL from the database, because PostgreSQL's engine has only connections."""
    if engine.dialect.name == "postgresql":
        ((name,),) = query(engine, "SELECT current_database()")
        return postgresql.url_of(name)
    return engine.url.render_as_string()


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    file = StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# Workbooks with only the parts that a reader needs.

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def cell(value: Any) -> str:
    """Returns the XML of a cell. Text that begins with < is the XML itself."""
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    if str(value).startswith("<c"):
        return str(value)
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def workbook(
    path: Path,
    sheets: Mapping[str, Iterable[Sequence[Any]]],
    *,
    hidden: Sequence[str] = (),
    more: Mapping[str, str] = {},
) -> Path:
    parts, tags, relations = dict(more), "", ""
    for number, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        tags += f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"{state}/>'
        target = f"worksheets/sheet{number}.xml"
        relations += f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet" Target="{target}"/>'
        lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
        parts[f"xl/{target}"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'
        )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{tags}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
    )
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    parts["[Content_Types].xml"] = f'<Types xmlns="{_PACKAGE}/content-types"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


# UCDP External Support: a row is an actor, its opponent and a year.

CATEGORIES = "xpywmtfilou"
ACTORS = {
    1: "Government of Northland",
    2: "Government of Southland (Old South)",
    3: "Government of Westland",
    4: "Westish elements",
    10: "NLF",
    11: "Free North, Army of",
    12: "NLF",
}


def esd_row(
    id_: int,
    year: int,
    actor: int,
    opponent: int,
    supporters: Sequence[int] = (),
    **given: tuple[int, int],
) -> dict[str, Any]:
    """Returns a row. `given`: by category, the numbers of states and others that give it."""
    states = sum(1 for each in supporters if each in (1, 2, 3, 4))
    row: dict[str, Any] = {
        "id": id_,
        "year": year,
        "actor_id": actor,
        "actor_name": ACTORS[actor],
        "oppo_id": opponent,
        "oppo_name": ACTORS[opponent],
        "civil": 1,
        "conflict_id": 700,
        "location": "Northland: Government",
        "ext_id": ",".join(map(str, supporters)),
        "ext_name": ",".join(ACTORS[each] for each in supporters),
        "ext_sup": int(bool(supporters)),
        "ext_count": len(supporters),
        "ext_count_s": states,
        "ext_count_ns": len(supporters) - states,
    }
    for letter in CATEGORIES:
        by_states, by_others = given.get(letter, (0, 0))
        row[f"ext_{letter}"] = int(letter in given)
        row[f"ext_{letter}_count"] = by_states + by_others
        row[f"ext_{letter}_count_s"] = by_states
        row[f"ext_{letter}_count_ns"] = by_others
    return row


def esd_rows() -> list[dict[str, Any]]:
    return [
        # Weapons from the only supporter, for two years, then a gap, and again.
        esd_row(1, 1975, 10, 1, [2], w=(1, 0)),
        esd_row(2, 1976, 10, 1, [2], w=(1, 0), t=(1, 0)),
        esd_row(3, 1977, 10, 1),
        esd_row(4, 1978, 10, 1, [2], w=(1, 0)),
        # Two states and two others: both states fund, one state trains, one other gives troops.
        esd_row(5, 1990, 1, 10, [2, 3, 11, 12], f=(2, 0), t=(1, 0), x=(0, 1), l=(2, 2)),
        esd_row(6, 1991, 1, 10, [2, 3, 11, 12], f=(2, 0), t=(1, 0)),
        # No support in the last year of the data; and elements of a state.
        esd_row(7, 2017, 1, 10),
        esd_row(8, 2016, 1, 12, [4, 11], u=(1, 1), w=(0, 1)),
        esd_row(9, 2017, 1, 12, [4, 11], u=(1, 1)),
        # The only rows in which these two are alone, from which the third's name follows.
        esd_row(10, 1985, 12, 1, [3], i=(1, 0)),
        esd_row(11, 1987, 12, 1, [4], m=(1, 0)),
    ]

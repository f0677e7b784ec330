"""A kind of support is one entry, a field one line: all the rest follows from them.

Each test adds a made-up one to a copy of the code, in one place, and looks at what the copy says.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent

# Asks the copy, on a database made from its own records.
ASK = """
import asyncio, json, sys
from sqlmodel import Session, SQLModel, create_engine
from schema.records import Actor, Revision, Support
from schema.concepts import CONCEPTS
from service.database import database_at
from service.documents.documents import GraphQLRequest
from service.engine.engine import Engine
from service.engine.queries import Queries
from service.engine.rest_reads import RestReads
from service.request.caller import Caller, Role
from service.request.context import RequestContext
from service.settings import Settings

engine = create_engine("sqlite:///made-up.db")
SQLModel.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Revision(number=0, time="2026-01-01T00:00:00Z", author="test"))
    session.add_all([Actor(slug=s, name=s, kind="STATE") for s in ("giver", "taker")])
    session.flush()
    for row in json.loads(sys.argv[1]):
        session.add(Support(supporter_id=1, recipient_id=2, phase="DELIVERED", **row))
    session.commit()
settings = Settings(database_url="sqlite:///made-up.db")
async def ask():
    engine = Engine(settings, database_at(settings.database_url))
    queries, reads = Queries(engine), RestReads(engine)
    for document in sys.argv[4:]:
        editor = RequestContext(Caller("test", Role.EDITOR))
        await queries.answer(GraphQLRequest(document), editor)
    page = await reads.page(CONCEPTS["Support"], json.loads(sys.argv[2]), RequestContext())
    answer = await queries.answer(GraphQLRequest(sys.argv[3]), RequestContext())
    print(json.dumps([json.loads(page.body)["data"], json.loads(answer.body)["data"]]))
    await engine.close()
asyncio.run(ask())
"""


class Copy:
    """A copy of the code that a test may change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for package in ("schema", "service", "seeds"):
            shutil.copytree(
                ROOT / package, folder / package, ignore=shutil.ignore_patterns("built")
            )

    def insert(self, file: str, before: str, line: str) -> None:
        """Adds one line ahead of the one that begins so."""
        path = self.folder / file
        text = path.read_text()
        assert text.count(before) == 1
        path.write_text(text.replace(before, f"{line}\n{before}"))

    def run(self, *arguments: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        command = [sys.executable, "-P", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sdl(self) -> str:
        return self.run("-m", "service.cli", "schema")

    def parameters(self) -> dict[str, Any]:
        document = json.loads(self.run("-m", "service.cli", "schema", "--openapi"))
        listed = document["paths"]["/api/v1/supports"]["get"]["parameters"]
        return {parameter["name"]: parameter for parameter in listed}

    def body(self, name: str) -> dict[str, Any]:
        document = json.loads(self.run("-m", "service.cli", "schema", "--openapi"))
        body: dict[str, Any] = document["components"]["schemas"][name]
        return body

    def ask(
        self, supports: list[Any], parameters: dict[str, str], document: str, *writes: str
    ) -> Any:
        given = json.dumps(supports), json.dumps(list(parameters.items())), document, *writes
        return json.loads(self.run("-c", ASK, *given))


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def block(sdl: str, opening: str) -> str:
    """One definition of the SDL."""
    return sdl.split(opening, 1)[1].split("\n}", 1)[0]


def test_a_new_kind_is_one_entry(copy: Copy) -> None:
    copy.insert(
        "schema/vocabulary.py",
        '        Term("OTHER", "Other"',
        '        Term("BALLOONS", "Balloons", "Lighter than air.", "WEAPONS"),',
    )
    assert "  BALLOONS\n" in block(copy.sdl(), "enum SupportKind {") + "\n"
    assert "BALLOONS" in copy.parameters()["kind"]["schema"]["enum"]
    over_rest, over_graphql = copy.ask(
        [{"kind": "BALLOONS"}, {"kind": "TRADE"}],
        {"kind.under": "MILITARY", "fields": "kind"},
        "{ supports(where: {kind: {eq: BALLOONS}}) { totalCount }"
        "  supportKinds { children { children { kind } } } }",
    )
    assert over_rest == [{"kind": "BALLOONS"}]
    assert over_graphql["supports"] == {"totalCount": 1}
    military = over_graphql["supportKinds"][1]["children"][0]["children"]
    assert military[-1] == {"kind": "BALLOONS"}


def test_a_new_field_is_one_line(copy: Copy) -> None:
    copy.insert(
        "schema/records/support.py",
        "    place: str | None",
        '    colour: str | None = columns.text("What colour it has.", default=None)',
    )
    sdl = copy.sdl()
    assert '"""What colour it has."""\n  colour: String\n' in block(
        sdl, "type Support implements Node {"
    )
    assert "colour: StringFilter" in block(sdl, "input SupportFilter {")
    assert "colour: OrderDirection" in block(sdl, "input SupportOrder @oneOf {")
    for verb in ("Create", "Update"):
        assert "\n  colour: String\n" in block(sdl, f"input {verb}SupportInput {{")
        assert "colour" in copy.body(f"{verb}SupportInput")["properties"]
    parameters = copy.parameters()
    assert parameters["colour"]["description"].startswith("What colour it has.")
    assert "colour.startsWith" in parameters
    over_rest, over_graphql = copy.ask(
        [{"kind": "TRADE", "colour": "red"}, {"kind": "TRADE", "colour": "blue"}],
        {"colour.startsWith": "b", "fields": "colour"},
        "{ supports(orderBy: {colour: ASC}) { nodes { colour } } }",
        'mutation { updateSupport(id: "support_1", input: {colour: "green"}) { errors { code } } }',
    )
    assert over_rest == [{"colour": "blue"}]
    assert over_graphql == {"supports": {"nodes": [{"colour": "blue"}, {"colour": "green"}]}}

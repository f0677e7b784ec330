"""A copy of the code that a test may extend, and its output."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

# A script that sends requests to the copy, with the token of an editor.
SEND = """
import asyncio, json, sys
import httpx
from service.app import create_app
from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.database import database_at
from service.settings import Settings

url = "sqlite:///added.db"
with token_transaction(database_at(url)) as connection:
    token = create_token(connection, NewToken("ada", Role.EDITOR)).secret
app = create_app(Settings(database_url=url))
async def send():
    transport = httpx.ASGITransport(app)
    headers = {"authorization": f"Bearer {token}"}
    client = httpx.AsyncClient(transport=transport, base_url="http://a", headers=headers)
    async with client:
        for method, path, body in json.loads(sys.argv[1]):
            answer = await client.request(method, path, json=body)
            yield answer.json() if answer.content else None
async def collect():
    return [each async for each in send()]
print(json.dumps(asyncio.run(collect())))
"""

# A script that compares planner and oracle of the copy on three data sets, with matches.
AGREE = """
import json, os
import pytest
from tests.oracle.agreement import as_text
from tests.oracle.data_sets.worlds import invented
from tests.oracle.resolvers.resolvers import answer

@pytest.mark.parametrize("document", json.loads(os.environ["DOCUMENTS"]))
def test_planner_and_oracle_agree(ask, library, document):
    total = 0
    for seed in (1, 2, 3):
        expected = answer(invented(seed), document, None, None)
        found = ask(library.database(seed), document, None, None, "text")
        assert as_text(found) == as_text(expected)
        roots = expected["data"].values()
        total += sum(each["totalCount"] if isinstance(each, dict) else 1 for each in roots)
    assert total
"""


class CopiedCode:
    """A copy of the code."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for package in ("schema", "service", "seeds", "tests"):
            left_out = shutil.ignore_patterns("__pycache__", "browser", "contract")
            shutil.copytree(ROOT / package, folder / package, ignore=left_out)
        shutil.copy(ROOT / "pyproject.toml", folder)

    # --- additions ------------------------------------------------------------------------------

    def insert(self, file: str, before: str, lines: str) -> None:
        """Inserts lines before the line that begins with this text."""
        path = self._folder / file
        text = path.read_text()
        assert text.count(before) == 1, f"{before!r} is {text.count(before)} times in {file}"
        path.write_text(text.replace(before, f"{lines}\n{before}"))

    def write(self, file: str, text: str) -> None:
        """Adds a file."""
        path = self._folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def make_migration(self, name: str) -> str:
        """Runs `make migration NAME=...` and sets the new number. Returns the script."""
        self.run("-m", "schema.migrations", name)
        head = self._folder / "schema" / "migrations" / "__init__.py"
        *_, script = sorted((self._folder / "schema" / "migrations" / "versions").glob("0*.py"))
        head.write_text(re.sub('HEAD = ".*"', f'HEAD = "{script.name[:4]}"', head.read_text()))
        return script.read_text()

    def make_schema(self) -> str:
        """Runs `make schema`, and returns the SDL."""
        sdl = self.run("-m", "service.cli", "schema")
        self.write("schema/schema.graphql", sdl)
        return sdl

    # --- results --------------------------------------------------------------------------------

    def run(self, *arguments: str, **variables: str) -> str:
        """Runs Python in the copy, and returns its output."""
        environment = {**os.environ, **variables, "PYTHONPATH": str(self._folder)}
        # A test within the copy belongs to no part.
        environment.pop("ALLYGRAPH_TEST_PART", None)
        command = [sys.executable, "-P", *arguments]
        done = subprocess.run(
            command,
            cwd=self._folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rest_parameters(self, collection: str) -> dict[str, Any]:
        """Returns the parameters of a collection in the OpenAPI document, by name."""
        openapi = self.openapi()
        known = openapi["components"]["parameters"]
        listed = openapi["paths"][f"/api/v1/{collection}"]["get"]["parameters"]
        found = (known[each["$ref"].rpartition("/")[2]] for each in listed)
        return {each["name"]: each for each in found}

    def openapi(self) -> Any:
        """Returns the OpenAPI document."""
        return json.loads(self.run("-m", "service.cli", "schema", "--openapi"))

    def migrate(self, *data_sets: str) -> None:
        """Creates a database, and loads data sets into it."""
        self.run("-m", "service.cli", "migrate", "--database-url", "sqlite:///added.db")
        for slug in data_sets:
            self.run("-m", "service.cli", "seed", slug, "--database-url", "sqlite:///added.db")

    def send(self, *requests: tuple[str, str, Any]) -> list[Any]:
        """Returns the bodies of the responses, one request after another."""
        sent: list[Any] = json.loads(self.run("-c", SEND, json.dumps(requests)))
        return sent

    def refuse_disagreement(self, *documents: str) -> None:
        """Fails if planner and oracle of the copy return different results, or none."""
        self.write("tests/oracle/test_added.py", AGREE)
        self.run(
            *("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/oracle/test_added.py"),
            DOCUMENTS=json.dumps(documents),
        )


def graphql(document: str) -> tuple[str, str, Any]:
    """A GraphQL request."""
    return "POST", "/graphql", {"query": document}


def get(path: str) -> tuple[str, str, Any]:
    """A REST request."""
    return "GET", f"/api/v1/{path}", None


def block(sdl: str, opening: str) -> str:
    """Returns one definition of the SDL."""
    return sdl.split(opening, 1)[1].split("\n}", 1)[0] + "\n"

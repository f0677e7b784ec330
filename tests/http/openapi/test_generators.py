"""Clients that code generators create from the document compile, and call a running service.

Each sends the same requests: a page with filters and sort keys, a record, one that does not exist,
a write.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from schema.concepts import COLLECTIONS
from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.http.openapi.document import document
from tests.commands import serving
from tests.environments import environment_of
from tests.node import install_packages, run, run_package
from tests.stores import copy_of, database_of, url_of

GENERATORS = Path(__file__).parent / "generators"
JAVA = shutil.which("java")

# The result is the same on both databases.
pytestmark = pytest.mark.sqlite


class Service(NamedTuple):
    """The URL of the service, and the token of an editor."""

    url: str
    token: str

    @property
    def as_argument(self) -> str:
        """The service as the argument of the calling programs."""
        return json.dumps(self._asdict())


@pytest.fixture
def service(seeded: Path, tmp_path: Path) -> Iterator[Service]:
    """A service to which a client may write."""
    database = copy_of(seeded, tmp_path)
    with token_transaction(database_of(database)) as connection:
        token = create_token(connection, NewToken("client", Role.EDITOR)).secret
    with serving("--database-url", url_of(database)) as server:
        yield Service(server.url, token)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the document, for the generated code."""
    folder = tmp_path / "client"
    (folder / "generated").mkdir(parents=True)
    (folder / "openapi.json").write_text(json.dumps(document()))
    return folder


def copy_callers(folder: Path, *names: str) -> None:
    for name in names:
        shutil.copy(GENERATORS / name, folder)


def check(printed: str, created: str) -> None:
    """Compares a client's results with the bundled data."""
    assert json.loads(printed) == {
        "supports": [
            {
                "kind": "TROOPS",
                "supporter": {"slug": "north-korea"},
                "quantity": {"unit": "PERSONS"},
            },
            {"kind": "DRONES", "supporter": {"slug": "iran"}, "quantity": None},
        ],
        "actor": "Iran",
        "refused": "NOT_FOUND",
        "created": created,
    }


# --- TypeScript ---------------------------------------------------------------------------------


def orval(folder: Path, service: Service) -> None:
    output = {"target": "./generated/orval.ts", "client": "fetch", "baseUrl": service.url}
    config = {"allygraph": {"input": "./openapi.json", "output": output}}
    (folder / "orval.config.mjs").write_text(f"export default {json.dumps(config)};")
    run_package(folder, "orval", "--config", "orval.config.mjs")


def hey_api(folder: Path, _: Service) -> None:
    run_package(folder, "openapi-ts", "-i", "openapi.json", "-o", "generated/hey_api")


def openapi_typescript(folder: Path, _: Service) -> None:
    output = "generated/openapi_typescript.d.ts"
    run_package(folder, "openapi-typescript", "openapi.json", "-o", output)


def openapi_generator(folder: Path, _: Service) -> None:
    (jar,) = environment_of("generators", GENERATORS).rglob("openapi-generator.jar")
    options = ["-g", "typescript-fetch", "-i", "openapi.json", "-o", "generated/openapi_generator"]
    assert JAVA
    run(folder, JAVA, "-jar", str(jar), "generate", *options)


Generate = Callable[[Path, Service], None]
# The last one needs a Java runtime.
IN_TYPESCRIPT: list[Generate] = [
    orval,
    hey_api,
    openapi_typescript,
    *([openapi_generator] if JAVA else []),
]


@pytest.mark.parametrize("generate", IN_TYPESCRIPT, ids=lambda each: each.__name__)
def test_client_in_typescript_compiles_and_calls(
    generate: Generate, folder: Path, service: Service
) -> None:
    install_packages(GENERATORS)
    (folder / "node_modules").symlink_to(GENERATORS / "node_modules")
    generate(folder, service)
    caller = f"{generate.__name__}.ts"
    copy_callers(folder, caller, "questions.ts", "tsconfig.json")
    options = ("--bundle", "--format=esm", "--platform=node", "--outfile=call.mjs")
    run_package(folder, "tsc", "--project", ".")
    run_package(folder, "esbuild", caller, *options, "--log-level=warning")
    printed = run(folder, "node", "call.mjs", service.as_argument)
    check(printed, generate.__name__.replace("_", "-"))


# --- Python -------------------------------------------------------------------------------------


def test_client_in_python_calls(folder: Path, service: Service) -> None:
    programs = environment_of("generators", GENERATORS) / "bin"
    copy_callers(folder, "call.py", "openapi_python_client.yaml")
    generate = ["generate", "--path", "openapi.json", "--config", "openapi_python_client.yaml"]
    options = ["--meta", "none", "--fail-on-warning", "--output-path", "generated_client"]
    # The generator formats its code with the ruff in the path.
    done = subprocess.run(
        [programs / "openapi-python-client", *generate, *options],
        cwd=folder,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = {file.stem for file in (folder / "generated_client" / "api").iterdir()}
    assert made >= {name.lower() for name in COLLECTIONS}
    printed = run(folder, str(programs / "python"), "call.py", service.as_argument)
    check(printed, "python-client")

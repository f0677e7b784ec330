"""The commands do what their help says. Each but its help runs in a separate process."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from schema.migrations import head
from service.cli import app
from service.cli.schema_text import openapi_text, sdl_text
from tests.commands import doctor, run, run_together
from tests.stores import database_of, url_of

COMMANDS = (
    "serve",
    "seed",
    "migrate",
    "schema",
    "backup",
    "restore",
    "copy",
    "doctor",
    "load",
    "import",
    "token",
    "token create",
    "token list",
    "token revoke",
)


def test_everything_has_help() -> None:
    ended = run("--help")
    assert (ended.status, ended.err) == (0, "")
    assert all(command.split()[0] in ended.out for command in COMMANDS)
    assert "docs/settings.md" in ended.out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str) -> None:
    answer = CliRunner().invoke(app, [*command.split(), "--help"])
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert f"Usage: allygraph {command}" in answer.output
    assert len(answer.output.split()) > 20


def test_what_is_no_command_is_refused() -> None:
    for ended in run_together(["frobnicate"], ["serve", "--prot", "1"], ["seed", "--all"]):
        assert ended.status == 2
        assert "No such" in ended.err
        assert "Traceback" not in ended.err


def test_schemas_are_printed() -> None:
    sdl, openapi = run_together(["schema"], ["schema", "--openapi"])
    assert sdl == (0, sdl_text(), "")
    assert openapi == (0, openapi_text(), "")


def test_database_is_made_filled_and_found_good(tmp_path: Path) -> None:
    # The name looks like markup, and must be printed unchanged.
    database = tmp_path / "new" / "[red]:smile:.db"
    label = database_of(database).label
    setting = {"ALLYGRAPH_DATABASE_URL": url_of(database)}

    made = run("migrate", **setting)
    assert made == (0, f"Migrating {label} from none to {head()}.\n", "")
    assert run("migrate", **setting) == (0, "", "")

    empty = doctor(**setting)
    assert empty.status == 1
    assert empty.err == "bad   data: there are no supports; load them with `allygraph seed`\n"

    loaded = run("seed", "rutte-2024", **setting)
    assert (loaded.status, loaded.err) == (0, "")
    assert loaded.out.startswith("rutte-2024: Loaded rutte-2024 1.0: 14 actors,")
    again = run("seed", **setting)
    assert again == (0, "rutte-2024: unchanged since the last load.\n", "")

    good = doctor(**setting)
    assert (good.status, good.err) == (0, "")
    assert f"good  database: {label} is ready\n" in good.out
    assert "good  data: 9 supports\n" in good.out

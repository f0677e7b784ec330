"""The documents agree with the code: settings, commands, files, and the targets of links."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from service.cli import app
from service.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
# Files of third parties, and built files.
FOREIGN = {"node_modules", "pages", "dist", "build"}

ROW = re.compile(r"^\| `([^`]+)` \|(?: `([^`]+)` \|)?", re.MULTILINE)
SECTION = re.compile(r"^## ([\w ]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# A word in backticks is the name of a file if it has a folder or a suffix.
FILE = re.compile(r"`(?=[^`]*(?:\w/|\.(?:py|md|toml|yaml|json|sql|graphql|txt)`))([\w.-][\w./-]*)`")


def read(name: str) -> str:
    return (ROOT / name).read_text()


def own_files(pattern: str = "*") -> Iterator[Path]:
    """Yields every file of the repository outside hidden folders, relative to its root."""
    for folder in (ROOT, *(p for p in ROOT.iterdir() if p.is_dir() and p.name[0] != ".")):
        for path in folder.glob(pattern) if folder == ROOT else folder.rglob(pattern):
            parts = path.relative_to(ROOT).parts
            if not FOREIGN & set(parts[:-1]) and ".venv" not in parts:
                yield path.relative_to(ROOT)


DOCUMENTS = sorted(str(path) for path in own_files("*.md"))


def as_variable(default: object) -> str:
    """Returns a default as an operator would write it."""
    if isinstance(default, float):
        return f"{default:g}"
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_every_setting_is_documented_with_its_default() -> None:
    documented = dict(ROW.findall(read("docs/settings.md")))
    assert documented == {
        f"{PREFIX}{name.upper()}": as_variable(field.default)
        for name, field in Settings.model_fields.items()
    }


def commands_of(group: Any) -> Iterator[tuple[str, Any]]:
    """Yields every command with its words."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from ((f"{name} {inner}", found) for inner, found in commands_of(command))
        else:
            yield name, command


def test_every_command_and_option_is_documented() -> None:
    documented = {
        command: {name for name, _ in ROW.findall(text)}
        for command, text in SECTION.findall(read("docs/commands.md"))
    }
    assert documented == {
        name: {parameter.opts[0] for parameter in command.params}
        for name, command in commands_of(get_command(app))
    }


def test_every_file_that_is_named_exists() -> None:
    present = {f"/{path.as_posix()}" for path in own_files()}
    present |= {f"{path}/" for path in present if (ROOT / path[1:]).is_dir()}
    named = set(FILE.findall(CODE.sub("", read("docs/architecture.md") + read("README.md"))))
    assert named
    missing = {name for name in named if not any(path.endswith(f"/{name}") for path in present)}
    assert missing == set()


def anchors(document: Path) -> set[str]:
    """Returns the anchors of a document, named as GitHub and GitLab do."""
    headings = HEADING.findall(CODE.sub("", document.read_text()))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_relative_link_leads_somewhere(document: str) -> None:
    folder = (ROOT / document).parent
    for link in LINK.findall(CODE.sub("", read(document))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = folder / path if path else ROOT / document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_documents_name_no_machine_of_ours() -> None:
    for document in DOCUMENTS:
        assert not re.search(r"/(?:home|root|work|Users)/", read(document)), document

"""The folders, the layers and the packages are those of `docs/architecture.md`."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
# Folders that are installed, built or generated.
NOT_SOURCES = {"node_modules", "built", "__pycache__", ".data"}
FILES_MOST = 21
LAYERS = re.compile(r"^### Layers\n.*?^```text\n(.*?)^```", re.MULTILINE | re.DOTALL)


def source_folders(package: str) -> Iterator[Path]:
    """The folder of a package and all folders below it, relative to the root."""
    for path in (ROOT / package, *(ROOT / package).rglob("*")):
        folder = path.relative_to(ROOT)
        if path.is_dir() and not NOT_SOURCES & set(folder.parts):
            yield folder


def modules(folder: Path) -> set[str]:
    return {path.name for path in (ROOT / folder).glob("*.py")}


SERVICE = sorted(source_folders("service"))
ALL = sorted(folder for name in ("schema", "seeds", "bench") for folder in source_folders(name))


@pytest.mark.parametrize("folder", [*SERVICE, *ALL], ids=str)
def test_every_folder_is_in_the_code_map(folder: Path) -> None:
    # A data set is added without a change to the code.
    is_data_set = (ROOT / folder / "dataset.yaml").exists()
    assert is_data_set or f"`{folder.as_posix()}/`" in TEXT


def test_the_layers_are_those_of_the_import_contract() -> None:
    found = LAYERS.search(TEXT)
    assert found
    # The purpose of a layer follows two spaces.
    documented = [line.split("  ")[0] for line in found[1].splitlines()]
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    [contract] = [each for each in contracts if each["type"] == "layers"]
    assert documented == contract["layers"]
    assert contract["exhaustive"]


@pytest.mark.parametrize("folder", SERVICE, ids=str)
def test_every_package_says_what_it_is_for(folder: Path) -> None:
    text = (ROOT / folder / "__init__.py").read_text("utf-8")
    assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("folder", SERVICE, ids=str)
def test_no_package_has_too_many_files(folder: Path) -> None:
    assert len(modules(folder) - {"__init__.py"}) <= FILES_MOST


def test_every_other_module_of_the_service_is_in_a_package() -> None:
    assert modules(Path("service")) == {"__init__.py", "app.py", "errors.py", "settings.py"}

"""Spectral, with rules of OWASP, and Redocly find neither errors nor warnings in the document.

`linters/spectral.yaml` says which of OWASP's rules are off, and why.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from service.http.openapi.document import document
from tests.node import install_packages, run_package

LINTERS = Path(__file__).parent / "linters"

SPECTRAL = ("spectral", "lint", "--ruleset", "spectral.yaml", "--fail-severity", "hint")
REDOCLY = ("redocly", "lint")
every_linter = pytest.mark.parametrize("linter", [SPECTRAL, REDOCLY], ids=["spectral", "redocly"])


def lint(linter: tuple[str, ...], folder: Path, given: Any) -> None:
    """Fails with the output of the linter, if it has findings."""
    install_packages(LINTERS)
    file = folder / "openapi.json"
    file.write_text(json.dumps(given, indent=2))
    run_package(LINTERS, *linter, str(file))


@every_linter
@pytest.mark.parametrize("reads_need_token", [False, True])
def test_linter_finds_nothing(
    linter: tuple[str, ...], reads_need_token: bool, tmp_path: Path
) -> None:
    lint(linter, tmp_path, document(reads_need_token=reads_need_token))


@every_linter
def test_linter_finds_what_is_wrong(linter: tuple[str, ...], tmp_path: Path) -> None:
    changed = json.loads(json.dumps(document()))
    changed["paths"]["/api/v1/actors"]["get"]["operationId"] = "getActor"
    with pytest.raises(pytest.fail.Exception, match=r"operation-operationId-unique"):
        lint(linter, tmp_path, changed)


def test_rules_of_owasp_are_in_force(tmp_path: Path) -> None:
    changed = json.loads(json.dumps(document()))
    del changed["paths"]["/api/v1/actors"]["post"]["security"]
    with pytest.raises(pytest.fail.Exception, match="write-restricted"):
        lint(SPECTRAL, tmp_path, changed)

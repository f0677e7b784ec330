"""GraphQL over HTTP follows its specification, according to the audits of npm `graphql-http`."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.node import install_packages, run

AUDITS = Path(__file__).parent / "audits"


@pytest.fixture(scope="module")
def audits(server_url: str) -> list[dict[str, Any]]:
    install_packages(AUDITS)
    results: list[dict[str, Any]] = json.loads(
        run(AUDITS, "node", "audit.mjs", f"{server_url}/graphql")
    )
    return results


def test_all_61_audits_are_made(audits: list[dict[str, Any]]) -> None:
    assert len({audit["id"] for audit in audits}) == 61


def test_every_audit_is_passed(audits: list[dict[str, Any]]) -> None:
    failed = [
        f"{audit['id']} {audit['name']}: {audit['status']}: {audit.get('reason')}"
        for audit in audits
        if audit["status"] != "ok"
    ]
    assert not failed, "\n".join(["", *failed])

"""GraphQL over HTTP as its specification has it: the audits of npm `graphql-http` say so."""

import hashlib
import importlib.util
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

AUDITS = Path(__file__).parent / "audits"
BUILDER = Path(__file__).parents[2] / "web" / "build.py"


def node_environment() -> dict[str, str]:
    """The environment of the pages' own build: where no Node.js is, it installs one."""
    spec = importlib.util.spec_from_file_location("build_of_the_pages", BUILDER)
    assert spec
    assert spec.loader
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    environment: dict[str, str] = builder.node_environment()
    return environment


def run(environment: dict[str, str], program: str, *arguments: str) -> str:
    """What a program prints; where it fails, that is what the test fails with."""
    path = shutil.which(program, path=environment["PATH"]) or program
    done = subprocess.run(
        [path, *arguments], cwd=AUDITS, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        told = f"{program} {' '.join(arguments)} ended with {done.returncode}"
        pytest.fail(f"{told}:\n{done.stdout}{done.stderr}", pytrace=False)
    return done.stdout


def install_packages(environment: dict[str, str]) -> None:
    """Once for each lock file: the stamp holds the hash of the one that was installed."""
    files = (AUDITS / "package.json", AUDITS / "package-lock.json")
    lock_hash = hashlib.sha256(b"\n".join(file.read_bytes() for file in files)).hexdigest()
    stamp = AUDITS / "node_modules" / ".lock-hash"
    if not stamp.is_file() or stamp.read_text() != lock_hash:
        run(environment, "npm", "ci")
        stamp.write_text(lock_hash)


@pytest.fixture(scope="module")
def audits(server_url: str) -> list[dict[str, Any]]:
    environment = node_environment()
    install_packages(environment)
    results: list[dict[str, Any]] = json.loads(
        run(environment, "node", "audit.mjs", f"{server_url}/graphql")
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

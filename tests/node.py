"""Programs of Node.js that a test runs, with the packages their folder locks."""

import fcntl
import hashlib
import importlib.util
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

BUILDER = Path(__file__).parents[1] / "web" / "build.py"


@cache
def node_environment() -> dict[str, str]:
    """The environment of the pages' own build: where no Node.js is, it installs one."""
    spec = importlib.util.spec_from_file_location("build_of_the_pages", BUILDER)
    assert spec
    assert spec.loader
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    environment: dict[str, str] = builder.node_environment()
    return environment


def program(name: str) -> str:
    """Where a program of Node.js is."""
    return shutil.which(name, path=node_environment()["PATH"]) or name


def run(folder: Path, name: str, *arguments: str) -> str:
    """What a program prints; where it fails, that is what the test fails with."""
    done = subprocess.run(
        [program(name), *arguments],
        cwd=folder,
        env=node_environment(),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        told = f"{name} {' '.join(arguments)} ended with {done.returncode}"
        pytest.fail(f"{told}:\n{done.stdout}{done.stderr}", pytrace=False)
    return done.stdout


def run_package(folder: Path, name: str, *arguments: str) -> str:
    """The same of a program among the packages of the folder."""
    return run(folder, "npx", "--no", "--", name, *arguments)


def install_packages(folder: Path) -> None:
    """Once for each lock file: the stamp holds the hash of the one that was installed."""
    files = (folder / "package.json", folder / "package-lock.json")
    lock_hash = hashlib.sha256(b"\n".join(file.read_bytes() for file in files)).hexdigest()
    stamp = folder / "node_modules" / ".lock-hash"
    with files[0].open() as turn:
        # The suite runs twice side by side: one installs, the other waits.
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not stamp.is_file() or stamp.read_text() != lock_hash:
            run(folder, "npm", "ci")
            stamp.write_text(lock_hash)

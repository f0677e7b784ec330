"""Runs programs of Node.js, with the packages that their folder locks."""

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
    """The environment of the pages' build, which installs Node.js if there is none."""
    spec = importlib.util.spec_from_file_location("build_of_the_pages", BUILDER)
    assert spec
    assert spec.loader
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    environment: dict[str, str] = builder.node_environment()
    return environment


def program(name: str) -> str:
    """Returns the path of a program of Node.js."""
    return shutil.which(name, path=node_environment()["PATH"]) or name


def run(folder: Path, name: str, *arguments: str) -> str:
    """Returns the output of a program. Fails with the output if the program fails."""
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
    """Returns the output of a program in the packages of the folder."""
    return run(folder, "npx", "--no", "--", name, *arguments)


def install_packages(folder: Path) -> None:
    """Installs the packages once for each lock file, whose hash is stored in the stamp."""
    files = (folder / "package.json", folder / "package-lock.json")
    lock_hash = hashlib.sha256(b"\n".join(file.read_bytes() for file in files)).hexdigest()
    stamp = folder / "node_modules" / ".lock-hash"
    with files[0].open() as turn:
        # Two runs of the suite may be concurrent: one installs, the other waits.
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not stamp.is_file() or stamp.read_text() != lock_hash:
            run(folder, "npm", "ci")
            stamp.write_text(lock_hash)

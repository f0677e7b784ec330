"""Peers on Node.js: where Node.js is, and the packages that a peer's folder locks."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bench.errors import BenchError

_BUILDER = Path(__file__).parents[1] / "web" / "build.py"


@cache
def environment() -> Mapping[str, str]:
    """The environment of the web pages' build, which installs Node.js if there is none."""
    spec = importlib.util.spec_from_file_location("build_of_the_pages", _BUILDER)
    if spec is None or spec.loader is None:
        raise BenchError(f"{_BUILDER} is missing: the bench finds Node.js by it.")
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    found: dict[str, str] = builder.node_environment()
    return found


def program(name: str) -> str:
    """The path of a Node.js program."""
    return shutil.which(name, path=environment()["PATH"]) or name


def install(folder: Path) -> None:
    """Installs the packages, unless the stamp has the hash of the same lock file."""
    files = (folder / "package.json", folder / "package-lock.json")
    lock_hash = hashlib.sha256(b"\n".join(file.read_bytes() for file in files)).hexdigest()
    stamp = folder / "node_modules" / ".lock-hash"
    if stamp.is_file() and stamp.read_text() == lock_hash:
        return
    command = [program("npm"), "ci"]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment()}, capture_output=True, text=True
    )
    if done.returncode:
        raise BenchError(f"`npm ci` in {folder} ended with {done.returncode}: {done.stderr}")
    stamp.write_text(lock_hash)

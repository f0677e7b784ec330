"""Peers that run on Node.js: where its programs are, and the packages a peer's folder locks."""

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
    """That of the pages' own build: where no Node.js is, it installs one."""
    spec = importlib.util.spec_from_file_location("build_of_the_pages", _BUILDER)
    if spec is None or spec.loader is None:
        raise BenchError(f"{_BUILDER} is missing: the bench finds Node.js by it.")
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    found: dict[str, str] = builder.node_environment()
    return found


def program(name: str) -> str:
    """Where a program of Node.js is."""
    return shutil.which(name, path=environment()["PATH"]) or name


def install(folder: Path) -> None:
    """Its packages, once for each lock file: the stamp holds the hash of what was installed."""
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

"""Locks the dependencies: every version with its hashes, for every Python and every platform.

The locks are what pip reads with --require-hashes. They name no index: pip asks the one it is
set up with.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = HERE.parent / "pyproject.toml"
# What each is made of. `generators.txt` and `readers.txt` are for environments of their own, which
# tests of the OpenAPI document and of exports install: both are large.
LOCKS: dict[str, list[str]] = {
    "serve.txt": [str(PROJECT)],
    "develop.txt": [str(PROJECT), "--group", f"{PROJECT}:develop"],
    "generators.txt": ["--group", f"{PROJECT}:generators"],
    "readers.txt": ["--group", f"{PROJECT}:readers"],
}


def lock(name: str, sources: list[str]) -> None:
    """Writes one lock."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *sources]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"]
    command += ["--system-certs", "--output-file", str(HERE / name)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    for lock_name, lock_sources in LOCKS.items():
        sys.stdout.write(f"Locking requirements/{lock_name}\n")
        lock(lock_name, lock_sources)

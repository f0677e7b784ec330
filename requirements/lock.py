"""Locks the dependencies: every version with its hashes, for every Python and every platform.

The locks are what pip reads with --require-hashes. They name no index: pip asks the one it is
set up with.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = HERE.parent / "pyproject.toml"
LOCKS: dict[str, list[str]] = {
    "serve.txt": [],
    "develop.txt": ["--group", f"{PROJECT}:develop"],
}


def lock(name: str, options: list[str]) -> None:
    """Writes one lock."""
    command = [sys.executable, "-m", "uv", "pip", "compile", str(PROJECT), *options]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"]
    command += ["--system-certs", "--output-file", str(HERE / name)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    for lock_name, lock_options in LOCKS.items():
        sys.stdout.write(f"Locking requirements/{lock_name}\n")
        lock(lock_name, lock_options)

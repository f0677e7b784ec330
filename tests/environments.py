"""Environments with large packages for some of the tests, each with its own lock file."""

import fcntl
import hashlib
import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent


def environment_of(lock_name: str, folder: Path) -> Path:
    """Returns the environment in this folder, with the packages of `requirements/LOCK_NAME.txt`."""
    lock, environment = ROOT / "requirements" / f"{lock_name}.txt", folder / ".venv"
    lock_hash = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = environment / ".lock-hash"
    with lock.open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not stamp.is_file() or stamp.read_text() != lock_hash:
            venv.create(environment, clear=True, with_pip=True)
            pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet"]
            subprocess.run([*pip, "--no-deps", "--require-hashes", "-r", str(lock)], check=True)
            stamp.write_text(lock_hash)
    return environment

"""The digest beside a backup, which shows whether the file has changed since it was written.

A database checks its pages, and an archive its parts, but neither checks every bit. The digest file
has the format of `sha256sum`, so that `sha256sum --check` reads it too.
"""

import hashlib
import os
from pathlib import Path

from service.database.sqlite.driver import create_private
from service.errors import StartError
from service.observability.backups import DIGEST_SUFFIX


def digest_path(backup: Path) -> Path:
    """The path of the digest of a backup."""
    return backup.with_name(backup.name + DIGEST_SUFFIX)


def write_digest(backup: Path, file: Path) -> None:
    """Writes the digest for a backup. `file`: the content, which is renamed to `backup` later."""
    path = digest_path(backup)
    path.unlink(missing_ok=True)
    create_private(path)
    with path.open("w") as beside:
        beside.write(f"{_digest(file)}  {backup.name}\n")
        beside.flush()
        os.fsync(beside.fileno())


def check_digest(backup: Path) -> bool:
    """Compares a backup with its digest; returns False if it has none.

    Raises StartError if the digest differs, or can't be read.
    """
    path = digest_path(backup)
    try:
        expected = path.read_text().split()[:1]
    except FileNotFoundError:
        return False
    except (OSError, UnicodeDecodeError) as error:
        raise StartError(
            f"{path} cannot be read ({error}); remove it to restore unchecked."
        ) from None
    if expected != [_digest(backup)]:
        raise StartError(
            f"{backup} is damaged: its SHA-256 digest is not the one in {path}. Use another backup."
        )
    return True


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

"""When the newest backup in a folder was made."""

from pathlib import Path

# The suffix of the file beside each complete backup.
DIGEST_SUFFIX = ".sha256"


def last_backup_time(folder: Path) -> float:
    """The time of the newest backup with a digest, in seconds since 1970; 0 if there is none."""
    try:
        return max((_time(path) for path in folder.glob(f"*{DIGEST_SUFFIX}")), default=0.0)
    except OSError:
        return 0.0


def _time(digest: Path) -> float:
    backup = digest.with_name(digest.name.removesuffix(DIGEST_SUFFIX))
    return backup.stat().st_mtime if backup.exists() else 0.0

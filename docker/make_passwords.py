"""Generates each missing password in its file.

So the first start needs no manual step, and no two installations share a password.
"""

import secrets
import sys
from pathlib import Path

# PostgreSQL and the service run as different users, and both read it.
_READABLE = 0o444


def main(paths: list[Path]) -> None:
    """Generates missing passwords. An existing one is kept, since the database uses it."""
    for path in paths:
        if not path.exists():
            _make(path)
            print(f"Created {path}.")


def _make(path: Path) -> None:
    """Writes under a temporary name first, so that the final file is always complete."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.write_text(secrets.token_urlsafe(32))
    unfinished.chmod(_READABLE)
    unfinished.replace(path)


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]])

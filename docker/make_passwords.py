"""Makes each password that is not there yet, in the file that is named for it.

So the first start needs no step before it, and no two installations have the same password.
"""

import secrets
import sys
from pathlib import Path

# PostgreSQL and the service run as different users, and each reads it.
_READABLE = 0o444


def main(paths: list[Path]) -> None:
    """A password that is there stays as it is: the database knows it."""
    for path in paths:
        if not path.exists():
            _make(path)
            print(f"Made {path}.")


def _make(path: Path) -> None:
    """Under another name first: a file that is there is whole."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.write_text(secrets.token_urlsafe(32))
    unfinished.chmod(_READABLE)
    unfinished.replace(path)


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]])

"""The database's password where a file holds it, and no environment and no command line does."""

import re
from pathlib import Path
from urllib.parse import quote

from service.errors import StartError

_VARIABLE = "ALLYGRAPH_DATABASE_PASSWORD_FILE"


def read_password(path: str) -> str:
    """What the file holds, without the end of its line. Raises StartError."""
    try:
        password = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StartError(
            f"{_VARIABLE}={path} can't be read ({reason}): name a file that this user may read."
        ) from None
    if not password:
        raise StartError(f"{_VARIABLE}={path} is empty: write the password into it.")
    return password


def with_password(url: str, password: str) -> str:
    """The address with the password, if it names a user of PostgreSQL and has none yet."""
    scheme, separator, rest = url.partition("://")
    if scheme not in ("postgresql", "postgres"):
        return url
    # One host or several: what stands there is none of our business.
    user, at, _ = re.split("[/?#]", rest, maxsplit=1)[0].rpartition("@")
    if not at or ":" in user:
        return url
    return f"{scheme}{separator}{user}:{quote(password, safe='')}{rest.removeprefix(user)}"

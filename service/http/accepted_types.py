"""The header `Accept`: which of several media types a client likes best."""

from collections.abc import Sequence

import mimeparse


def best_type(offered: Sequence[str], accept: str) -> str:
    """The offered media type that a client likes best; empty if it likes none of them.

    Of those that it likes equally it is the last one. Names of media types have no case (RFC 9110,
    8.3.1). A header that cannot be read accepts nothing.
    """
    try:
        return str(mimeparse.best_match(offered, accept.lower()))
    except mimeparse.MimeTypeParseException:
        return ""

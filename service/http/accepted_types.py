"""Chooses among media types by the header `Accept`."""

from collections.abc import Sequence

import mimeparse


def best_type(offered: Sequence[str], accept: str) -> str:
    """Returns the offered media type that the client prefers; empty if it accepts none.

    If the client prefers several types equally, the last of them. The case of media types does not
    matter (RFC 9110, 8.3.1). A header that cannot be parsed accepts nothing.
    """
    try:
        return str(mimeparse.best_match(offered, accept.lower()))
    except mimeparse.MimeTypeParseException:
        return ""

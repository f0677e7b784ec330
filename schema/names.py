"""Names as they are compared: two are the same but for case, accents and punctuation."""

import re
import unicodedata
from functools import lru_cache

_NO_WORD = re.compile(r"[\W_]+")
# Letters that have no form without their mark.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae"})


@lru_cache(maxsize=65_536)
def normalised(name: str) -> str:
    """The form by which two names are the same: no case, accents or punctuation.

    `Türkiye` and `Turkiye` are the same, `Congo` and `DR Congo` are not.
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_PLAIN)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    words = _NO_WORD.sub(" ", letters.replace("&", " and ")).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)

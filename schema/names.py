"""Names as they are compared: what makes two the same, and what makes two words alike."""

import re
from functools import lru_cache

from schema.folding import folded_letter

_NO_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def normalised(name: str) -> str:
    """The form by which two names are the same: no case, accents or punctuation.

    `Türkiye` and `Turkiye` are the same, `Congo` and `DR Congo` are not.
    """
    letters = "".join(map(folded_letter, name))
    words = _NO_WORD.sub(" ", letters.replace("&", " and ")).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


# Letters and groups of letters that transliterations write for each other.
_SOUNDS = (("kh", "h"), ("gh", "g"), ("ph", "f"), ("ou", "u"), ("oo", "u"))
_SOUND = str.maketrans({"y": "i", "j": "i", "w": "v", "q": "k"})
_DOUBLED = re.compile(r"(.)\1+")
# A shorter word would be like too many others.
_ALIKE_LEAST = 4


def forms_of(word: str) -> frozenset[str]:
    """The forms of a folded word of a name: two words are alike if they share one.

    The first is how it sounds: `zelenskyy`, `zelenskiy` and `zelensky` are all `zelenski`. Of what
    has five letters or more, the others lack one letter of it: so an error in one letter, and two
    letters in the wrong order, leave a form that is right. Short words and numbers have none.
    """
    if len(word) < _ALIKE_LEAST or not word.isalpha():
        return frozenset()
    sound = sound_of(word)
    if len(sound) <= _ALIKE_LEAST:
        return frozenset((sound,))
    return frozenset((sound, *(sound[:i] + sound[i + 1 :] for i in range(len(sound)))))


def sound_of(word: str) -> str:
    """A folded word as transliterations have in common: `hizbollah` and `hizbolah` are the same."""
    for group, letter in _SOUNDS:
        word = word.replace(group, letter)
    return _DOUBLED.sub(r"\1", word.translate(_SOUND))

"""Comparison of names: which names are equal, and which words are similar."""

import re
from functools import lru_cache

from schema.values.folding import folded_letter

_NO_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def normalised(name: str) -> str:
    """Returns the form by which names are compared: no case, accents or punctuation."""
    letters = "".join(map(folded_letter, name))
    words = _NO_WORD.sub(" ", letters.replace("&", " and ")).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


# Letters and groups of letters that transliterations interchange.
_SOUNDS = (("kh", "h"), ("gh", "g"), ("ph", "f"), ("ou", "u"), ("oo", "u"))
_SOUND = str.maketrans({"y": "i", "j": "i", "w": "v", "q": "k"})
_DOUBLED = re.compile(r"(.)\1+")
# Shorter words would be similar to too many others.
_ALIKE_LEAST = 4


def forms_of(word: str) -> frozenset[str]:
    """Returns the forms of a folded word of a name. Two words are similar if they share a form.

    The first form is the sound of the word: `zelenskyy`, `zelenskiy` and `zelensky` have
    `zelenski`. If the sound has five letters or more, the other forms each lack one of its letters,
    so that words with one wrong letter or two swapped letters share a form. Short words and words
    with digits have no form.
    """
    if len(word) < _ALIKE_LEAST or not word.isalpha():
        return frozenset()
    sound = sound_of(word)
    if len(sound) <= _ALIKE_LEAST:
        return frozenset((sound,))
    return frozenset((sound, *(sound[:i] + sound[i + 1 :] for i in range(len(sound)))))


def sound_of(word: str) -> str:
    """Returns the spelling that transliterations share: `hizbolah`, also for `hizbollah`."""
    for group, letter in _SOUNDS:
        word = word.replace(group, letter)
    return _DOUBLED.sub(r"\1", word.translate(_SOUND))

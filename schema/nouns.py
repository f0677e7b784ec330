"""The names of a record type: of its table, and in sentences ("an actor", "data sets")."""

import re

# A word that begins with a vowel sound: not "a unit", "a European", "a one-off"; but "an hour".
# Acronyms are spelled out: "an EU fund", "a UN resolution".
_VOWEL_SOUND = re.compile(r"(?!eu|uni(?!n|m)|us[ae]|uti|one)[aeiou]|hour|hono|heir|[AEFHILMNORSX]")


# The start of a word within a name: a capital after another letter, or before a small one.
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def words_of(name: str) -> str:
    """Returns "peace treaty" for `PeaceTreaty`, and "UN resolution" for `UNResolution`."""
    words = (word if is_acronym(word) else word.lower() for word in _WORD.split(name))
    return " ".join(words).replace("dataset", "data set")


def is_acronym(word: str) -> bool:
    """Whether the word is spelled out, as UN is."""
    return len(word) > 1 and word.isupper()


def snake_case(name: str) -> str:
    """Returns `peace_treaty` for `PeaceTreaty`, `un_resolution` for `UNResolution`."""
    return _WORD.sub("_", name).lower()


def with_article(noun: str, plural: str) -> str:
    """Returns "an actor" for `actor`. A noun that is its plural, as `evidence`, has no article."""
    if noun == plural:
        return noun
    return f"{'an' if _VOWEL_SOUND.match(noun) else 'a'} {noun}"


def capitalised(words: str) -> str:
    """Returns the words with a capital first letter: "A UN resolution"."""
    return words[:1].upper() + words[1:]

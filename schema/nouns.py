"""What a record type is called: its table, and "an actor" or "data sets" in a sentence."""

import re

# A vowel that is heard as one: not "a unit", "a European", "a one-off"; but "an hour". Capital
# letters are read one by one: "an EU fund", "a UN resolution".
_VOWEL_SOUND = re.compile(r"(?!eu|uni(?!n|m)|us[ae]|uti|one)[aeiou]|hour|hono|heir|[AEFHILMNORSX]")


# Where a word of a name begins: at a capital letter after another one, or before a small one.
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def words_of(name: str) -> str:
    """`PeaceTreaty` -> "peace treaty", `UNResolution` -> "UN resolution"; `Dataset` has two."""
    words = (word if is_acronym(word) else word.lower() for word in _WORD.split(name))
    return " ".join(words).replace("dataset", "data set")


def is_acronym(word: str) -> bool:
    """Whether it is read letter by letter, as UN is."""
    return len(word) > 1 and word.isupper()


def snake_case(name: str) -> str:
    """`PeaceTreaty` -> `peace_treaty`, `UNResolution` -> `un_resolution`."""
    return _WORD.sub("_", name).lower()


def with_article(noun: str, plural: str) -> str:
    """`actor` -> "an actor". `evidence`, which is its own plural, takes no article."""
    if noun == plural:
        return noun
    return f"{'an' if _VOWEL_SOUND.match(noun) else 'a'} {noun}"


def capitalised(words: str) -> str:
    """The words at the beginning of a sentence: "A UN resolution"."""
    return words[:1].upper() + words[1:]

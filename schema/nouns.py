"""What a record type is called in the middle of a sentence: "an actor", "evidence", "data sets"."""

import re

# A vowel that is heard as one: not "a unit", "a European", "a one-off"; but "an hour".
_VOWEL_SOUND = re.compile(r"(?!eu|uni(?!n|m)|us[ae]|uti|one)[aeiou]|hour|hono|heir")


def words_of(name: str) -> str:
    """`PeaceTreaty` -> "peace treaty"; `Dataset` is two words in prose."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower().replace("dataset", "data set")


def with_article(noun: str, plural: str) -> str:
    """`actor` -> "an actor". `evidence`, which is its own plural, takes no article."""
    if noun == plural:
        return noun
    return f"{'an' if _VOWEL_SOUND.match(noun) else 'a'} {noun}"

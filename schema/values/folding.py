"""Folds text for comparison: removes case, accents and variants of letters.

All comparisons of what people write use this module, so they agree, and need no feature of a
database.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

# Letters without a decomposition, or commonly typed in place of each other.
_PLAIN = {
    **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae"},
    "ı": "i",  # noqa: RUF001
    # Arabic: final forms, and the Persian forms of two letters.
    **{"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك"},  # noqa: RUF001
}
# Characters within a word that writers often omit: apostrophes, also those of transliterations, and
# the line that lengthens an Arabic word.
_WITHIN_WORDS = frozenset("'’‘ʼʻʿʾ′ـ")  # noqa: RUF001
# Scripts without spaces between words: Thai to Tibetan, Myanmar, Khmer, and those of East Asia.
_UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_ASCII_WORD = re.compile("[a-z0-9]+(?:'+[a-z0-9]+)*")
# The databases index words up to this length.
_WORD_MOST = 64


class Word(NamedTuple):
    """A folded word, and its position in the text in characters: `text[start:end]`."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=65_536)
def folded_letter(letter: str) -> str:
    """Returns a character without case and accents: no letter, one or several.

    `É` becomes `e`, `ß` becomes `ss`, a syllable of Hangul its letters, `٣` becomes `3`, and a mark
    nothing.
    """
    plain = unicodedata.normalize("NFKD", letter.casefold()).casefold()
    return "".join(_digit(_PLAIN.get(c, c)) for c in plain if not unicodedata.combining(c))


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def words_of(text: str) -> list[Word]:
    """Returns the folded words of a text.

    Scripts without spaces have pairs of characters in place of words: 俄罗斯 is 俄罗 and 罗斯.
    """
    if text.isascii():
        return [
            Word(found.group().replace("'", "")[:_WORD_MOST], found.start(), found.end())
            for found in _ASCII_WORD.finditer(text.lower())
        ]
    return [word for run in _runs(text) for word in _words_in(run)]


def folded_text(words: list[Word]) -> str:
    """Returns the folded words with a space before and after each."""
    return f" {' '.join(word.folded for word in words)} "


def _runs(text: str) -> Iterator[list[Word]]:
    """Yields the runs of folded characters between spaces. Unspaced scripts are separate runs."""
    run: list[Word] = []
    is_unspaced = False
    for place, letter in enumerate(text):
        letters = _word_letters(letter)
        if letters is None:
            if run:
                yield run
            run = []
        elif not letters:
            # A mark belongs to the preceding letter.
            if run and letter not in _WITHIN_WORDS:
                run[-1] = run[-1]._replace(end=place + 1)
        else:
            if run and is_unspaced is not bool(_UNSPACED.match(letter)):
                yield run
                run = []
            is_unspaced = bool(_UNSPACED.match(letter))
            run.append(Word(letters, place, place + 1))
    if run:
        yield run


@lru_cache(maxsize=65_536)
def _word_letters(letter: str) -> str | None:
    """Returns what a character adds to a word: letters or nothing; None if it ends the word."""
    if letter in _WITHIN_WORDS or unicodedata.category(letter) == "Cf":
        return ""
    letters = "".join(c for c in folded_letter(letter) if _is_of_word(c))
    is_mark = unicodedata.category(letter).startswith("M")
    return letters if letters or is_mark else None


def _is_of_word(letter: str) -> bool:
    """Whether the character is a letter, a digit, or a vowel sign of an Indic script (a mark)."""
    return letter not in _WITHIN_WORDS and (
        letter.isalnum() or unicodedata.category(letter).startswith("M")
    )


def _words_in(run: list[Word]) -> Iterator[Word]:
    if _UNSPACED.match(run[0].folded) and len(run) > 1:
        for first, second in pairwise(run):
            yield Word(first.folded + second.folded, first.start, second.end)
    else:
        folded = "".join(letter.folded for letter in run)
        yield Word(folded[:_WORD_MOST], run[0].start, run[-1].end)

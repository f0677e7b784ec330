"""Folded words in many scripts, and their positions in the text."""

import pytest

from schema.values.folding import words_of
from schema.values.names import forms_of

SAME = {
    "case": ("RUSSIA", "russia"),
    "accents": ("Türkiye", "turkiye"),
    "accents that combine": ("Tu\u0308rkiye", "Türkiye"),
    "sharp s": ("Straße", "STRASSE"),
    "dotted I": ("İSTANBUL", "istanbul"),
    "dotless i": ("Diyarbakır", "diyarbakir"),
    "letters of Norse": ("Ærø Łódź", "aero lodz"),
    "full width": ("Ｉｒａｎ", "iran"),
    "ligature": ("oﬃcer", "officer"),
    "Greek": ("ΑΘΉΝΑΣ", "αθηνασ"),
    "final sigma": ("αθηνας", "αθηνασ"),
    "Cyrillic": ("КИЇВ", "киів"),
    "Arabic vowels": ("حِزْبُ", "حزب"),
    "Arabic alef with hamza": ("أحمد", "احمد"),
    "Arabic tatweel": ("كتـــاب", "كتاب"),
    "Persian letters": ("کیهان", "كيهان"),
    "zero-width non-joiner": ("می\u200cخواهم", "میخواهم"),
    "Hebrew vowels": ("שָׁלוֹם", "שלום"),
    "digits": ("٣٦٩", "369"),
    "apostrophes": ("Qur’an O'Brien", "quran obrien"),
    "half-width katakana": ("ｶﾝ", "カン"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_words_that_are_the_same(one: str, other: str) -> None:
    assert [word.folded for word in words_of(one)] == [word.folded for word in words_of(other)]


def test_words_stand_where_their_characters_do() -> None:
    text = "😀 «Straße» of Ki\u0301ev's 𝒜lpha: x2"
    assert [(text[word.start : word.end], word.folded) for word in words_of(text)] == [
        ("Straße", "strasse"),
        ("of", "of"),
        ("Ki\u0301ev's", "kievs"),
        ("𝒜lpha", "alpha"),
        ("x2", "x2"),
    ]


def test_scripts_without_spaces_are_divided_into_pairs() -> None:
    text = "在Kyiv的弗拉基 普"
    found = [(word.folded, word.start, word.end) for word in words_of(text)]
    assert found == [
        ("在", 0, 1),
        ("kyiv", 1, 5),
        ("的弗", 5, 7),
        ("弗拉", 6, 8),
        ("拉基", 7, 9),
        ("普", 10, 11),
    ]


def test_a_syllable_of_hangul_begins_with_its_letters() -> None:
    ((whole, _, _),), ((part, _, _),) = words_of("김정은"), words_of("김저")
    assert whole.startswith(part)


def test_vowel_signs_are_a_part_of_words() -> None:
    assert [word.end for word in words_of("भाषा है")] == [4, 7]


@pytest.mark.parametrize("text", ["", " \t\n", '!?"*:-()', "\0", "😀", "\u0301"])
def test_a_text_may_have_no_words(text: str) -> None:
    assert words_of(text) == []


def test_ascii_is_folded_like_any_other_text() -> None:
    text = "The U.S. 'said': don't; F-16s_x A''b '"
    assert words_of(text) == words_of(f"{text} é")[:-1]


ALIKE = {
    "a letter too many": ("zelensky", "zelenskyy"),
    "a letter missing": ("hezbolah", "hezbollah"),
    "another letter": ("putim", "putin"),
    "letters in the wrong order": ("rusisa", "russia"),
    "another transliteration": ("volodimir", "volodymyr"),
    "two errors that one letter less mends": ("khamenei", "hameney"),
}


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE)
def test_words_that_are_alike_share_a_form(one: str, other: str) -> None:
    assert forms_of(one) & forms_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("iran", "iraq"), ("moscow", "madrid"), ("2022", "2023"), ("us", "use")]
)
def test_other_words_share_none(one: str, other: str) -> None:
    assert not forms_of(one) & forms_of(other)

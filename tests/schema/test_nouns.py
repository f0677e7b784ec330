"""The names of record types, of tables and in sentences."""

import pytest

from schema.nouns import capitalised, snake_case, with_article, words_of


@pytest.mark.parametrize(
    ("name", "table", "noun"),
    [
        ("Actor", "actor", "an actor"),
        ("PeaceTreaty", "peace_treaty", "a peace treaty"),
        ("UNResolution", "un_resolution", "a UN resolution"),
        ("ArmsEmbargoByEU", "arms_embargo_by_eu", "an arms embargo by EU"),
        ("EUSanction", "eu_sanction", "an EU sanction"),
        ("G7Summit", "g7_summit", "a G7 summit"),
        ("Dataset", "dataset", "a data set"),
    ],
)
def test_a_record_type_is_named_word_by_word(name: str, table: str, noun: str) -> None:
    assert snake_case(name) == table
    assert with_article(words_of(name), "several") == noun


def test_a_sentence_begins_with_a_capital_letter_and_keeps_the_others() -> None:
    assert capitalised("a UN resolution") == "A UN resolution"

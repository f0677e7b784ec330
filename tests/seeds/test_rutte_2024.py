"""The first data set has the content of the article. The results are written by hand."""

from typing import Any

import pytest
from sqlalchemy import Engine, text

from seeds import Folder, bundled
from seeds.loader import load

TROOPS = ("north-korea", "russia", "TROOPS")

# supporter, recipient, kind, phase, against, place, value, unit, currency, in return for
SUPPORTS = {
    ("china", "russia", "ECONOMY", "DELIVERED", None, None, None, None, None, None),
    ("iran", "russia", "DRONES", "DELIVERED", None, None, None, None, None, None),
    ("iran", "russia", "MISSILES", "DELIVERED", None, None, None, None, None, None),
    ("north-korea", "russia", "AMMUNITION", "DELIVERED", None, None, None, None, None, None),
    (
        "north-korea",
        "russia",
        "TROOPS",
        "DELIVERED",
        "ukraine",
        "Kursk region",
        "12000",
        "PERSONS",
        None,
        None,
    ),
    (
        "russia",
        "north-korea",
        "MILITARY_TECHNOLOGY",
        "PREDICTED",
        None,
        None,
        None,
        None,
        None,
        TROOPS,
    ),
    ("russia", "north-korea", "FUNDING", "PLEDGED", None, None, None, None, None, TROOPS),
    ("nato", "ukraine", "MILITARY", "DELIVERED", None, None, "99", "PER_CENT", None, None),
    (
        "nato",
        "ukraine",
        "MILITARY",
        "PLEDGED",
        None,
        None,
        "40000000000",
        "CURRENCY",
        "EUR",
        None,
    ),
}

# alpha-2, alpha-3, Correlates of War, Gleditsch and Ward
CODES = {
    "russia": ("RU", "RUS", "365", "365"),
    "ukraine": ("UA", "UKR", "369", "369"),
    "china": ("CN", "CHN", "710", "710"),
    "iran": ("IR", "IRN", "630", "630"),
    "north-korea": ("KP", "PRK", "731", "731"),
    "south-korea": ("KR", "KOR", "732", "732"),
}

QUOTATION = (
    "These deepening military and economic ties between a reckless Russia and an emboldened North "
    "Korea don\u2019t just threaten Euro-Atlantic and Indo-Pacific security, they are deeply "
    "dangerous for global security"
)


@pytest.fixture
def rutte() -> Folder:
    (found,) = (folder for folder in bundled() if folder.name == "rutte-2024")
    return found


@pytest.fixture
def loaded(engine: Engine, rutte: Folder) -> Engine:
    load(engine, rutte)
    return engine


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_the_folder_has_the_name_of_the_data_set(rutte: Folder) -> None:
    assert rutte.description().slug == rutte.name


def test_there_are_exactly_the_nine_supports(loaded: Engine) -> None:
    found = rows(
        loaded,
        """
        SELECT giver.slug, taker.slug, s.kind, s.phase, foe.slug, s.place,
               coalesce(s.quantity_value, s.worth_value), coalesce(s.quantity_unit, s.worth_unit),
               s.worth_currency, paid_giver.slug, paid_taker.slug, paid.kind
        FROM support s
        JOIN actor giver ON giver.id = s.supporter_id
        JOIN actor taker ON taker.id = s.recipient_id
        LEFT JOIN actor foe ON foe.id = s.against_id
        LEFT JOIN support paid ON paid.id = s.in_return_for_id
        LEFT JOIN actor paid_giver ON paid_giver.id = paid.supporter_id
        LEFT JOIN actor paid_taker ON paid_taker.id = paid.recipient_id
        """,
    )
    assert len(found) == 9
    assert {(*row[:9], row[9:] if row[9] else None) for row in found} == SUPPORTS


def test_every_support_has_evidence_and_comes_from_the_data_set(loaded: Engine) -> None:
    query = """
        SELECT d.slug, count(DISTINCT s.id), count(DISTINCT e.support_id)
        FROM support s JOIN dataset d ON d.id = s.dataset_id
        LEFT JOIN evidence e ON e.support_id = s.id GROUP BY d.slug
    """
    assert rows(loaded, query) == [("rutte-2024", 9, 9)]


def test_all_evidence_asserts(loaded: Engine) -> None:
    assert rows(loaded, "SELECT DISTINCT stance FROM evidence") == [("ASSERTS",)]


def test_both_claims_on_the_number_of_troops_are_kept(loaded: Engine) -> None:
    found = rows(
        loaded,
        """
        SELECT speaker.slug, e.quantity_value, e.quantity_unit, e.note LIKE '%thousands%'
        FROM evidence e JOIN support s ON s.id = e.support_id AND s.kind = 'TROOPS'
        JOIN statement said ON said.id = e.statement_id
        JOIN actor speaker ON speaker.id = said.speaker_id
        WHERE e.quantity_unit IS NOT NULL ORDER BY 1
        """,
    )
    assert found == [
        ("defence-intelligence-of-ukraine", "12000", "PERSONS", None),
        ("mark-rutte", None, "PERSONS", 1),
    ]


def test_the_claimed_quantities_of_nato_stand_with_the_statements(loaded: Engine) -> None:
    query = """
        SELECT e.quantity_value, e.quantity_unit, e.worth_value, e.worth_currency FROM evidence e
        JOIN support s ON s.id = e.support_id AND s.kind = 'MILITARY' ORDER BY s.id
    """
    assert sorted(rows(loaded, query), key=str) == [
        ("99", "PER_CENT", None, None),
        (None, None, "40000000000", "EUR"),
    ]


def test_the_money_is_known_from_the_independent(loaded: Engine) -> None:
    query = """
        SELECT speaker.slug FROM evidence e
        JOIN support s ON s.id = e.support_id AND s.kind = 'FUNDING'
        JOIN statement said ON said.id = e.statement_id
        JOIN actor speaker ON speaker.id = said.speaker_id
    """
    assert rows(loaded, query) == [("the-independent",)]


def test_there_are_at_least_eleven_statements_and_each_mentions_an_actor(loaded: Engine) -> None:
    found = rows(
        loaded,
        """
        SELECT s.id, count(m.actor_id) FROM statement s
        LEFT JOIN mention m ON m.statement_id = s.id GROUP BY s.id
        """,
    )
    assert len(found) >= 11
    assert all(mentioned for _, mentioned in found)


def test_two_speak_of_the_experience_the_soldiers_take_home(loaded: Engine) -> None:
    query = """
        SELECT speaker.slug FROM statement s JOIN actor speaker ON speaker.id = s.speaker_id
        LEFT JOIN evidence e ON e.statement_id = s.id
        WHERE e.id IS NULL AND s.text LIKE '%learn%' ORDER BY 1
    """
    assert rows(loaded, query) == [("institute-for-the-study-of-war",), ("mark-rutte",)]


def test_the_one_quotation_is_verbatim(loaded: Engine) -> None:
    assert rows(loaded, "SELECT text FROM statement WHERE quoted") == [(QUOTATION,)]


def test_what_the_article_does_not_state_is_unknown(loaded: Engine) -> None:
    assert rows(loaded, "SELECT publisher_id, url, published_on FROM source") == [
        (None, None, None)
    ]
    assert rows(loaded, "SELECT DISTINCT said_on, credibility FROM statement") == [(None, None)]


@pytest.mark.parametrize("table", ["support", "membership"])
def test_a_date_that_the_curator_added_has_a_note(loaded: Engine, table: str) -> None:
    found = rows(
        loaded, f"SELECT note FROM {table} WHERE coalesce(started_on, ended_on) IS NOT NULL"
    )
    assert found
    assert all("public record" in str(note) for (note,) in found)


def test_states_have_their_codes(loaded: Engine) -> None:
    found = rows(
        loaded,
        """
        SELECT a.slug, c.scheme, c.value FROM actor a
        LEFT JOIN actor_code c ON c.actor_id = a.id WHERE a.kind = 'STATE'
        """,
    )
    schemes = ("ISO_3166_1_ALPHA_2", "ISO_3166_1_ALPHA_3", "COW", "GLEDITSCH_WARD")
    assert sorted(found) == sorted(
        (slug, scheme, code)
        for slug, codes in CODES.items()
        for scheme, code in zip(schemes, codes, strict=True)
    )


def test_actors_belong_where_the_article_puts_them(loaded: Engine) -> None:
    query = """
        SELECT member.slug, m.relation, whole.slug, m.role FROM membership m
        JOIN actor member ON member.id = m.member_id
        JOIN actor whole ON whole.id = m.organisation_id ORDER BY 1
    """
    assert rows(loaded, query) == [
        ("defence-intelligence-of-ukraine", "PART", "ukraine", None),
        ("mark-rutte", "MEMBER", "nato", "Secretary General"),
    ]


def test_the_actors_of_the_issue_are_there(loaded: Engine) -> None:
    listed = {
        *CODES,
        "nato",
        "mark-rutte",
        "defence-intelligence-of-ukraine",
        "institute-for-the-study-of-war",
        "the-independent",
    }
    assert listed <= {slug for (slug,) in rows(loaded, "SELECT slug FROM actor")}


def test_loading_it_again_passes_over_it(loaded: Engine, rutte: Folder) -> None:
    again = load(loaded, rutte)
    assert again.revision is None
    assert rows(loaded, "SELECT max(number) FROM revision") == [(1,)]

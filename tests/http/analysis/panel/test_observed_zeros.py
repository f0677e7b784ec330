"""A zero is observed if the data set covers it. All other empty cells are null."""

from tests.http.analysis.panel.asking import YEARS, ZERO, cells, missing, one, panel
from tests.http.editing import Editor


def test_zeros_where_a_data_set_looked_and_nothing_where_it_did_not(editor: Editor) -> None:
    given = {"datasets": "whole", "kinds": "WEAPONS", "actors": "ally,rebels", **YEARS}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given)
    assert one(rows, "ally", "rebels") == {
        2009: missing("NOT_COVERED"),
        # Coverage starts in March: observed supports count, but their absence is no zero.
        2010: (1, None, None),
        2011: (2, 0, None),
        2012: (0, 1, None),
        2013: ZERO,
        2014: missing("NOT_COVERED"),
    }
    assert one(rows, "rebels", "ally")[2013] == (1, 0, None)
    assert one(rows, "rebels", "ally")[2010] == missing("NOT_COVERED")


def test_a_named_actor_that_was_not_there_is_not_observed(editor: Editor) -> None:
    given = {"datasets": "whole", "kinds": "WEAPONS", "actors": "gone,rebels"}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given, from_="2011", to="2012")
    assert one(rows, "gone", "rebels") == {2011: ZERO, 2012: missing("NOT_THERE")}


def test_uncertain_dates_broader_kinds_and_censored_ends_hide_a_zero(editor: Editor) -> None:
    given = {"datasets": "hazy", "kinds": "WEAPONS", "actors": "ally,rebels,army,late"}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given, phases="DELIVERED", from_="2009", to="2014")
    # The support began in some year of the 2010s, before it ended in 2012.
    assert one(rows, "ally", "rebels") == {
        2009: ZERO,
        2010: missing("UNCERTAIN_DATE"),
        2011: missing("UNCERTAIN_DATE"),
        2012: (1, 0, None),
        2013: ZERO,
        2014: ZERO,
    }
    assert one(rows, "ally", "army")[2012] == missing("BROADER_KIND")
    assert one(rows, "ally", "army")[2013] == ZERO
    assert one(rows, "ally", "late") == {
        2009: missing("NOT_THERE"),
        2010: missing("NOT_THERE"),
        2011: missing("CENSORED"),
        2012: (1, 0, None),
        2013: (1, 0, None),
        2014: missing("CENSORED"),
    }
    assert set(one(rows, "rebels", "army").values()) == {missing("UNCERTAIN_DATE")}


def test_coverage_says_where_a_data_set_looked_whatever_its_period(editor: Editor) -> None:
    given = {"datasets": "rows,in-words", "kinds": "DRONES", "actors": "ally,rebels"}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given, from_="2010", to="2015")
    in_words = missing("SCOPE_IN_WORDS")
    assert cells(rows, "ally", "rebels") == {
        2010: [missing("NOT_COVERED"), in_words],
        2011: [(1, 0, None), in_words],
        # The data of the support ended, but the data set still covers its recipient.
        2012: [ZERO, in_words],
        2013: [missing("NOT_COVERED"), in_words],
        # The data set covers a part of the year.
        2014: [missing("NOT_COVERED"), in_words],
        2015: [ZERO, in_words],
    }
    assert {cell[0][2] for cell in cells(rows, "rebels", "ally").values()} == {"NOT_COVERED"}


def test_a_zero_is_within_the_years_that_a_data_set_surely_looked_at(editor: Editor) -> None:
    given = {"datasets": "unspecified,unspecified-rows", "kinds": "DRONES"}
    rows = panel(
        editor, "DIRECTED_DYAD_YEAR", **given, actors="ally,rebels", from_="2008", to="2011"
    )
    not_covered = missing("NOT_COVERED")
    assert cells(rows, "ally", "rebels") == {
        2008: [not_covered] * 2,
        2009: [ZERO] * 2,
        2010: [ZERO] * 2,
        2011: [not_covered] * 2,
    }
    # The data set may cover them in these years, so they are units.
    rows = panel(
        editor,
        "ACTOR_YEAR",
        datasets="unspecified-rows",
        covered="true",
        from_="1998",
        to="2021",
    )
    assert [row["year"] for row in rows] == list(range(2000, 2020))


def test_a_state_that_may_not_have_been_there_is_not_observed(editor: Editor) -> None:
    given = {"datasets": "hazy", "kinds": "DRONES", "phases": "DELIVERED"}
    rows = panel(
        editor, "DIRECTED_DYAD_YEAR", **given, actors="vague,rebels", from_="2008", to="2009"
    )
    assert one(rows, "vague", "rebels") == {2008: missing("NOT_THERE"), 2009: ZERO}


TOWARDS = {"datasets": "towards", "kinds": "DRONES", "from_": "2011", "to": "2012"}


def test_coverage_of_support_to_one_actor_does_not_cover_support_to_others(
    editor: Editor,
) -> None:
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **TOWARDS, actors="ally,rebels,army")
    not_covered = dict.fromkeys((2011, 2012), missing("NOT_COVERED"))
    assert one(rows, "ally", "rebels") == {2011: (1, 0, None), 2012: ZERO}
    assert one(rows, "ally", "army") == not_covered
    assert one(rows, "army", "ally") == not_covered
    # The data set covers only what the ally gives, and what the army gives and receives.
    assert one(rows, "rebels", "ally") == not_covered
    assert one(rows, "army", "rebels") == {2011: ZERO, 2012: ZERO}
    assert one(rows, "rebels", "army") == {2011: ZERO, 2012: ZERO}


def test_coverage_with_a_counterpart_is_of_two_actors_in_either_direction_that_it_has(
    editor: Editor,
) -> None:
    rows = panel(editor, "DYAD_YEAR", **TOWARDS, actors="ally,rebels,army")
    assert one(rows, "ally", "rebels") == {2011: (1, None, None), 2012: missing("NOT_COVERED")}
    assert one(rows, "army", "rebels") == {2011: ZERO, 2012: ZERO}


def test_coverage_of_support_to_several_actors_does_not_cover_a_supporter(
    editor: Editor,
) -> None:
    towards = TOWARDS | {"datasets": "towards-several", "actors": "ally,army"}
    rows = panel(editor, "ACTOR_YEAR", **towards)
    not_covered = dict.fromkeys((2011, 2012), [missing("NOT_COVERED")] * 2)
    assert cells(rows, "ally") == cells(rows, "army") == not_covered


def test_coverage_with_one_counterpart_covers_its_own_actor_in_its_role(editor: Editor) -> None:
    rows = panel(editor, "ACTOR_YEAR", **TOWARDS, actors="ally,rebels,army")
    not_covered = missing("NOT_COVERED")
    assert cells(rows, "ally") == {2011: [(1, 0, None), not_covered], 2012: [ZERO, not_covered]}
    # The data set covers single supporters of this actor, which may have others.
    assert cells(rows, "rebels") == {2011: [not_covered, (1, None, None)], 2012: [not_covered] * 2}
    assert cells(rows, "army") == dict.fromkeys((2011, 2012), [ZERO] * 2)


def test_kinds_that_a_data_set_does_not_look_for(editor: Editor) -> None:
    given = {"datasets": "whole", "actors": "ally,late", "from_": "2012", "to": "2012"}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given, kinds="SUPPORT,ARTILLERY,DRONES,FUNDING")
    assert cells(rows, "ally", "late")[2012] == [
        ZERO,
        ZERO,
        missing("OUT_OF_SCOPE"),
        missing("OUT_OF_SCOPE"),
    ]

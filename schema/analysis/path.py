"""Paths of support: chains from one actor to another, and the order of their steps in time.

GraphQL types, REST and OpenAPI are derived from this; `service/sql/paths/` writes it in SQL.
"""

from collections.abc import Mapping

HOPS_DEFAULT, HOPS_MOST = 3, 4
PATHS_DEFAULT, PATHS_MOST = 10, 100
# The number in REST, which has no argument for it.
SUPPORTS_OF_A_STEP = 10

ANY, SAME_YEAR, FORWARD = "ANY", "SAME_YEAR", "FORWARD"
TIMES: Mapping[str, str] = {
    ANY: "At whatever time.",
    SAME_YEAR: "In one year, in which a support of each step is certainly valid, as totals by YEAR"
    " count it.",
    FORWARD: "No step before an earlier one: each step has a support whose last day is not before"
    " the first day of those chosen for the steps before it. The days are those of `firstOn` and"
    " `lastOn` of a network.",
}

STEPS = "The steps, from the first supporter to the last recipient."
HOPS = "Number of steps."
YEAR = "First year in which all steps hold, by SAME_YEAR; otherwise null."
SUPPORTER = "Actor that gives the supports."
RECIPIENT = "Actor that receives the supports, and gives those of the next step."
SUPPORTS = (
    "Supports of the step that match the filter of the paths; by SAME_YEAR, those that are valid in"
    " `year`, by FORWARD those that are not before the earlier steps."
)
UNKNOWN_COUNT = (
    "Number of supports of all actors that `paths` with this `where` and `time` leaves out because"
    " their dates are not known: whether they match `where`; by SAME_YEAR, a year in which the"
    " support is certainly valid; by FORWARD, any date."
)
DESCRIPTION = (
    "The shortest chains of support from one actor to another: each step is certain support from"
    " an actor to the next, and no actor is passed twice. All paths have the least number of steps"
    " that any has, and are sorted by the ids of their actors. An unknown actor is on no path."
)

"""The position of an actor: its degrees, and the concentration of its supply.

GraphQL types, REST and OpenAPI are derived from this; `service/sql/position/` writes it in SQL.
Positions are always split by data set and by phase, because values of two are never added together.
"""

from collections.abc import Mapping

from schema.analysis.network import Fact
from schema.records.columns import Scalar
from schema.vocabulary import SUPPORT_KINDS, SUPPORT_PHASES, UNITS

FIRST_DEFAULT, FIRST_MOST = 20, 200
YEAR_LEAST, YEAR_MOST = 1, 9999
# The unit of worth that is not a currency.
TIV = "TIV"
# Decimal places of shares and indices.
PLACES = 6


def _count(description: str) -> Fact:
    return Fact(Scalar.INTEGER, description)


def _decimal(description: str) -> Fact:
    return Fact(Scalar.DECIMAL, description, nullable=True)


DEGREES: Mapping[str, Fact] = {
    "given": _count("Number of supports that the actor certainly gives."),
    "received": _count(
        "Number of supports that the actor receives, apart from those that some of several"
        " candidates give."
    ),
    "recipients": _count("Number of distinct actors that it gives these supports to."),
    "suppliers": _count("Number of distinct actors that it receives these supports from."),
    "possibleGiven": _count(
        "Number of supports that some of several candidates give, with the actor among them."
    ),
    "possibleReceived": _count(
        "Number of supports that the actor receives from some of several candidates."
    ),
}
POSITION: Mapping[str, Fact] = {
    "phase": Fact(Scalar.TERM, "Phase of the supports.", vocabulary=SUPPORT_PHASES),
    **DEGREES,
    "undated": _count(
        "Number of supports that are left out because it is not known in which years they are"
        " valid; 0 without `from` and `until`."
    ),
    "unknownCount": _count(
        "Number of supports of the actor that `where` leaves out because it is not known whether"
        " their dates match."
    ),
}
OF_KIND: Mapping[str, Fact] = {
    "kind": Fact(Scalar.TERM, "Kind of the supports.", vocabulary=SUPPORT_KINDS),
    **DEGREES,
}
CONCENTRATION: Mapping[str, Fact] = {
    "total": _decimal(
        "Sum of the amounts that known suppliers give, in `unit`, or the number of their supports;"
        " null if there is none."
    ),
    "supports": _count("Number of supports in the total."),
    "unknownAmount": _count(
        "Number of supports that are not in the total because their amount in `unit` is not known,"
        " or not dated in the period."
    ),
    "unknownSupplier": _count(
        "Number of supports that are not in the total because their supporter is not known."
    ),
    "suppliers": _count("Number of distinct suppliers in the total."),
    "tied": _count("Number of suppliers with the largest amount."),
    "largestShare": _decimal(
        f"Share of the largest supplier in the total, between 0 and 1, rounded to {PLACES} places;"
        " null if the total is not positive, or the amount of a supplier is negative."
    ),
    "herfindahl": _decimal(
        "Herfindahl-Hirschman index: the sum of the squared shares of all suppliers. 1 if there is"
        f" one, 1/N if N give equally much; rounded to {PLACES} places. Null as `largestShare` is."
    ),
}

DATASET = "Data set that the supports were imported from; null for those of none."
KINDS = "The same degrees for each kind of support."
SUPPLY = "How concentrated the supply of the actor is: the received supports, by their suppliers."
LARGEST = "Supplier with the largest amount; null if several are tied."

POSITION_TYPE = "Position of an actor among the supports of one data set and one phase."
KIND_TYPE = "Degrees of an actor in the supports of one kind."
SUPPLY_TYPE = "Shares of the suppliers of an actor in what it receives."

DESCRIPTION = (
    "Degrees of the actor, and how concentrated its supply is: one position for each data set and"
    " phase, in the order of the data sets' ids and of the phases, since what is of two is never"
    " added together."
)
# Descriptions of the arguments, by name.
ARGUMENTS: Mapping[str, str] = {
    "unit": "What shares are of: a unit of quantity"
    f" ({', '.join(UNITS.codes)}), {TIV}, or the ISO 4217 code of a currency. Default: numbers of"
    " supports.",
    "from": "First year of the period: supports count if they are certainly valid in a year of it,"
    " and amounts if they are dated in it, as `supportTotals` counts them by YEAR.",
    "until": "Last year of the period.",
    "first": "Number of data sets and phases to return."
    f" Default: {FIRST_DEFAULT}. Maximum: {FIRST_MOST}.",
}

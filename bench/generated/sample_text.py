"""The text of the generated data: names, places and sentences; and the weights of the kinds."""

from schema.vocabulary import SUPPORT_KINDS

_COMMON = {
    "FUNDING": 25,
    "AMMUNITION": 20,
    "DRONES": 15,
    "HUMANITARIAN": 15,
    "MISSILES": 10,
    "TRADE": 10,
    "TRAINING": 8,
    "TROOPS": 5,
    "ECONOMY": 5,
    "MILITARY": 5,
}
_RARE = {"NEUTRALITY_PACT": 0.5, "UNKNOWN": 0.5}

# Relative frequencies.
KIND_WEIGHTS = {code: {**_COMMON, **_RARE}.get(code, 2.0) for code in SUPPORT_KINDS.codes}

_CURRENCY = frozenset(SUPPORT_KINDS.under("ECONOMY"))
_UNITS = {"TROOPS": "PERSONS", "TRAINING": "PERSONS", "AMMUNITION": "ROUNDS", "MATERIEL": "TONNES"}

_FIRST = ("Ar", "Bel", "Cor", "Dun", "El", "Fal", "Gor", "Hal", "Il", "Jor", "Kel", "Lun")
_SECOND = ("a", "e", "i", "o", "u", "an", "en", "in", "on", "un", "ar", "er")
_THIRD = ("dia", "gard", "land", "mark", "nia", "stan", "thia", "via", "wick", "zone")

PLACES = (
    *(None,) * 4,
    "the northern border",
    "the port of São Miguel",
    "the “old town”",
    "the eastern region",
)

_STATES = """
AE AF AL AM AO AR AT AU AZ BA BD BE BF BG BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI
CL CM CN CO CR CU CY CZ DE DJ DK DO DZ EC EE EG ER ES ET FI FJ FR GA GB GE GH GM GN GQ GR
GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KP KR KW KZ LA LB LK LR LS
LT LU LV LY MA MD ME MG MK ML MM MN MR MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH
PK PL PT PY QA RO RS RU RW SA SB SD SE SI SK SL SN SO SR SS SV SY SZ TD TG TH TJ TL TM TN
TR TT TW TZ UA UG US UY UZ VE VN VU YE ZA ZM ZW
"""

# Codes of ISO 3166-1 for states of the generated data: states on a map of low resolution.
STATES = tuple(_STATES.split())

# Texts with characters that JSON escapes, and some of several bytes in UTF-8.
SENTENCES = (
    "The deliveries began before the winter and have not stopped since.",
    'The minister called it "a turning point" and gave no further detail.',
    "Nous n'avons jamais livré d'armes à qui que ce soit.",
    "Satellite pictures show the cargo leaving by rail, according to the report.",
    "There is no evidence for this, and those who say so know it.",
    "The agreement was signed in spring;\nit has not been published.",
    "Officials put the number well above what had been known until then.",
    "Ми бачили це на власні очі.",
)


def actor_name(number: int) -> str:
    """A unique name for each number."""
    rest, first = divmod(number, len(_FIRST))
    rest, second = divmod(rest, len(_SECOND))
    turn, third = divmod(rest, len(_THIRD))
    return f"{_FIRST[first]}{_SECOND[second]}{_THIRD[third]}" + (f" {turn}" if turn else "")


def slug_of(name: str) -> str:
    """The slug of a name."""
    return name.lower().replace(" ", "-")


def summary(kind: str, number: int) -> str | None:
    """A sentence about a support; one in six has none."""
    if number % 6 == 0:
        return None
    return f"{kind.replace('_', ' ').capitalize()} as reported in case {number}, in several lots."


def unit_of(kind: str) -> str:
    """The unit of quantities of this kind."""
    return "CURRENCY" if kind in _CURRENCY else _UNITS.get(kind, "PIECES")

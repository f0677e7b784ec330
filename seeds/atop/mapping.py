"""The mapping of ATOP's columns: the kind of pact for each obligation."""

from types import MappingProxyType

# The version of this table and of the rules for other columns.
VERSION = "4"

PACTS = MappingProxyType(
    {
        "atop_defense": "DEFENCE_PACT",
        "atop_offense": "OFFENCE_PACT",
        "atop_neutral": "NEUTRALITY_PACT",
        "atop_nonagg": "NON_AGGRESSION_PACT",
        "atop_consul": "CONSULTATION_PACT",
    }
)

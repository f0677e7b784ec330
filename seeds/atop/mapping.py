"""The mapping of ATOP's columns: which obligation becomes which kind of pact."""

from types import MappingProxyType

# Version of this table and of the rules beside it.
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

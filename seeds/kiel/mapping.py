"""The mapping of the tracker's words: the kind, phase or currency for each."""

from collections.abc import Mapping
from types import MappingProxyType

# The version of these tables and of the rules for other columns.
VERSION = "4"

# The columns of amounts in `data_explorer.csv`, in billions of euros.
CELLS = MappingProxyType(
    {
        "financial": ("FUNDING", "ALLOCATED"),
        "humanitarian": ("HUMANITARIAN", "ALLOCATED"),
        "military": ("MILITARY", "ALLOCATED"),
        "commitments": ("SUPPORT", "PLEDGED"),
    }
)
BILLION = 1_000_000_000

# The categories of `weapons.csv`.
WEAPONS = MappingProxyType(
    {
        "Air Defense": "AIR_DEFENCE",
        "Howitzers": "ARTILLERY",
        "IFV": "ARMOUR",
        "MLRS": "ARTILLERY",
        "Tanks": "ARMOUR",
    }
)

# The words of the sheet MAIN DATA, without surrounding blanks and in lower case.
AID_TYPES = MappingProxyType(
    {
        "financial": "FUNDING",
        "financial aid": "FUNDING",
        "humanitarian": "HUMANITARIAN",
        "humanitarian aid": "HUMANITARIAN",
        "military": "MILITARY",
        "military aid": "MILITARY",
    }
)
MEASURES = MappingProxyType(
    {
        "commitment": "PLEDGED",
        "committed": "PLEDGED",
        "allocation": "ALLOCATED",
        "allocated": "ALLOCATED",
        "delivery": "DELIVERED",
        "delivered": "DELIVERED",
        "disbursement": "DELIVERED",
        "disbursed": "DELIVERED",
    }
)
CURRENCIES = MappingProxyType({"EURO": "EUR", "EUROS": "EUR", "US DOLLAR": "USD", "$": "USD"})
# What the sheet writes for an unknown value.
BLANKS = frozenset({"", ".", "-", "n/a", "na", "not available", "unknown"})


def looked_up(word: str, terms: Mapping[str, str]) -> str | None:
    """Returns the term of a word, ignoring case and extra blanks. None for an unknown word."""
    return terms.get(" ".join(word.split()).casefold())

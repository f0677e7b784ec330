"""The mapping of SIPRI's categories: the kind of support for each."""

import re
from types import MappingProxyType

# The version of these tables and of the rules for other columns.
VERSION = "1"

# Armament categories.
CATEGORIES = MappingProxyType(
    {
        "Aircraft": "AIRCRAFT",
        "Air defence systems": "AIR_DEFENCE",
        "Anti-submarine warfare weapons": "NAVAL_WEAPONS",
        "Armoured vehicles": "ARMOUR",
        "Artillery": "ARTILLERY",
        "Engines": "ENGINES",
        "Missiles": "MISSILES",
        "Naval weapons": "NAVAL_WEAPONS",
        "Other": "WEAPONS",
        "Satellites": "SATELLITES",
        "Sensors": "SENSORS",
        "Ships": "NAVAL",
    }
)

# SIPRI files drones among aircraft or missiles; these words identify them.
DRONE_DESCRIPTIONS = ("UAV", "armed UAV", "maritime patrol UAV", "loitering munition")
# The Shahed-136 and its copies, which SIPRI describes as surface-to-surface missiles (SSM).
DRONE_DESIGNATIONS = ("Shahed-136", "Geran-2", "Waid-2")

# Suppliers and recipients that are unknown to SIPRI.
UNKNOWN = re.compile(r"unknown\b", re.IGNORECASE)

_KINDS = MappingProxyType({name.casefold(): kind for name, kind in CATEGORIES.items()})
_DESCRIPTIONS = frozenset(each.casefold() for each in DRONE_DESCRIPTIONS)
_DESIGNATIONS = re.compile(
    "|".join(rf"(?<!\w){re.escape(each)}(?!\d)" for each in DRONE_DESIGNATIONS), re.IGNORECASE
)


def kind_of(category: str, description: str, designation: str) -> str | None:
    """Returns the kind of support; None for a category that is not in the table."""
    if " ".join(description.split()).casefold() in _DESCRIPTIONS:
        return "DRONES"
    if _DESIGNATIONS.search(designation):
        return "DRONES"
    return _KINDS.get(" ".join(category.split()).casefold())

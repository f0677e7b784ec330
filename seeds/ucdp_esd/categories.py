"""The mapping of UCDP's categories: the kind of support for each."""

from types import MappingProxyType

# The version of this table and of the rules for other columns. A change causes a new revision at
# the next import.
VERSION = "3"

# The letter of each category: the kind of support, and the codebook's name. UCDP does not specify
# weapons, so none of them is imported as a drone or a missile.
CATEGORIES = MappingProxyType(
    {
        "x": ("TROOPS", "Troops as secondary warring party"),
        "p": ("TROOP_PRESENCE", "Troop presence"),
        "y": ("JOINT_OPERATIONS", "Joint operations"),
        "w": ("WEAPONS", "Weapons"),
        "m": ("MATERIEL", "Materiel and logistics"),
        "t": ("TRAINING", "Training and expertise"),
        "f": ("FUNDING", "Funding and economic support"),
        "i": ("INTELLIGENCE", "Intelligence"),
        "l": ("TERRITORY_ACCESS", "Access to territory"),
        "o": ("OTHER", "Other"),
        "u": ("UNKNOWN", "Unknown"),
    }
)

"""The mapping of UCDP's categories of support: which column becomes which kind."""

from types import MappingProxyType

# Version of this table and of the rules beside it; a change makes a new revision of the data.
VERSION = "3"

# The letter of each category: the kind of support, and what the codebook calls it. UCDP does not
# say which weapons, so that they are never drones or missiles here.
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

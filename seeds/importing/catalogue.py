"""The importers by their names on the command line. Each is imported when it is used."""

from importlib import import_module
from types import MappingProxyType

from seeds.importing.declared import Importer

# The module and the class of each importer.
_IMPORTERS = MappingProxyType(
    {
        "ucdp-esd": ("seeds.ucdp_esd.importer", "UcdpEsd"),
        "kiel": ("seeds.kiel.importer", "Kiel"),
        "sipri": ("seeds.sipri.importer", "Sipri"),
        "atop": ("seeds.atop.importer", "Atop"),
    }
)


def names() -> tuple[str, ...]:
    """Returns the names of all importers."""
    return tuple(_IMPORTERS)


def importer(name: str) -> Importer:
    """Returns the importer of that name. Raises KeyError for an unknown name."""
    module, kind = _IMPORTERS[name]
    found: Importer = getattr(import_module(module), kind)()
    return found

"""The importers, by the names that the command line has for them, each imported when used."""

from importlib import import_module
from types import MappingProxyType

from seeds.importing.declared import Importer

# By their names: the module and the class of each.
_IMPORTERS = MappingProxyType(
    {
        "ucdp-esd": ("seeds.ucdp_esd.importer", "UcdpEsd"),
        "kiel": ("seeds.kiel.importer", "Kiel"),
        "sipri": ("seeds.sipri.importer", "Sipri"),
        "atop": ("seeds.atop.importer", "Atop"),
    }
)


def names() -> tuple[str, ...]:
    """The names of all importers."""
    return tuple(_IMPORTERS)


def importer(name: str) -> Importer:
    """The importer of that name; raises KeyError if there is none."""
    module, kind = _IMPORTERS[name]
    found: Importer = getattr(import_module(module), kind)()
    return found

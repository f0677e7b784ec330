"""The tables that AllyGraph stores, one file a concept.

Each file here is imported, so a new record type needs a new file only.
"""

from importlib import import_module
from pkgutil import walk_packages

from schema.records.naming import NAMING  # isort: skip - before any table is created
from schema.records.actor import Actor, ActorAlias, ActorCode, Membership
from schema.records.conflict import Conflict
from schema.records.dataset import Dataset
from schema.records.evidence import Evidence
from schema.records.internal.former_name import FormerId, FormerSlug
from schema.records.internal.kept_answer import KeptAnswer
from schema.records.internal.search_entry import SearchEntry, SearchForm, SearchVocabulary
from schema.records.internal.seed_key import SeedKey
from schema.records.internal.seed_share import SeedItem, SeedShare
from schema.records.internal.token import Token
from schema.records.record import Record, Versioned
from schema.records.revision import Revision
from schema.records.source import Source
from schema.records.statement import Mention, Statement
from schema.records.support import Support

for _module in walk_packages(__path__, f"{__name__}."):
    # It creates a table for each of the others, so it comes last.
    if _module.name != f"{__name__}.history":
        import_module(_module.name)

from schema.records.history import HISTORY  # noqa: E402 # isort: skip

# The record types, in the order of the changes within one revision.
RECORDS: tuple[type[Record], ...] = tuple(
    sorted(Record.__subclasses__(), key=lambda record: record.__collection__.place)
)

__all__ = [
    "HISTORY",
    "NAMING",
    "RECORDS",
    "Actor",
    "ActorAlias",
    "ActorCode",
    "Conflict",
    "Dataset",
    "Evidence",
    "FormerId",
    "FormerSlug",
    "KeptAnswer",
    "Membership",
    "Mention",
    "Record",
    "Revision",
    "SearchEntry",
    "SearchForm",
    "SearchVocabulary",
    "SeedItem",
    "SeedKey",
    "SeedShare",
    "Source",
    "Statement",
    "Support",
    "Token",
    "Versioned",
]

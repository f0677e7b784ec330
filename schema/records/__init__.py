"""The tables: what AllyGraph keeps, one file a concept."""

from schema.records.actor import Actor, ActorAlias, ActorCode, Membership
from schema.records.dataset import Dataset
from schema.records.evidence import Evidence
from schema.records.record import Record
from schema.records.revision import Revision
from schema.records.seed_key import SeedKey
from schema.records.source import Source
from schema.records.statement import Mention, Statement
from schema.records.support import Support

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorCode",
    "Dataset",
    "Evidence",
    "Membership",
    "Mention",
    "Record",
    "Revision",
    "SeedKey",
    "Source",
    "Statement",
    "Support",
]

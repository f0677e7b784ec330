"""The tables: what AllyGraph keeps, one file a concept."""

from schema.records.actor import Actor, ActorAlias, ActorCode, Membership
from schema.records.dataset import Dataset
from schema.records.evidence import Evidence
from schema.records.former_actor import FormerActor
from schema.records.kept_answer import KeptAnswer
from schema.records.record import Record
from schema.records.revision import Revision
from schema.records.seed_key import SeedKey
from schema.records.source import Source
from schema.records.statement import Mention, Statement
from schema.records.support import Support
from schema.records.token import Token

# Last: it reads the tables of all the others.
from schema.records.history import HISTORY  # isort: skip

__all__ = [
    "HISTORY",
    "Actor",
    "ActorAlias",
    "ActorCode",
    "Dataset",
    "Evidence",
    "FormerActor",
    "KeptAnswer",
    "Membership",
    "Mention",
    "Record",
    "Revision",
    "SeedKey",
    "Source",
    "Statement",
    "Support",
    "Token",
]

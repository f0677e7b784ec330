"""The naming convention of constraints and indexes, so that migrations can drop them by name."""

from sqlmodel import SQLModel

# The database names primary keys, as it has done in existing PostgreSQL databases.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
}

# A constraint gets its name when its table is created, so import this module before any table.
SQLModel.metadata.naming_convention = NAMING

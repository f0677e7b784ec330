"""The names of constraints and indexes, by which a later migration can drop them."""

from sqlmodel import SQLModel

# The database names primary keys: those in existing PostgreSQL databases have its names.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
}

# A constraint gets its name when its table is created: import this module before any table.
SQLModel.metadata.naming_convention = NAMING

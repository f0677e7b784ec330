"""What constraints and indexes are called, so that a later migration can drop them by name."""

from sqlmodel import SQLModel

# Primary keys are left to the database: PostgreSQL has named them already.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
}

# A constraint takes its name when its table is made, so this module is imported before any table.
SQLModel.metadata.naming_convention = NAMING

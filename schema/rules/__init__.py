"""Rules that a record must satisfy beyond the constraints of the database.

Pure functions without I/O. The loader applies them to every record, the writing layer to every
request. Limits and vocabularies are read from the columns, which state each of them once.
"""

from schema.rules.problem import Code, Problem
from schema.rules.row import default_of, problems

__all__ = ["Code", "Problem", "default_of", "problems"]

"""What must hold for a record beyond what the database itself can see.

Pure functions without I/O. The loader asks them of every seed, the writing layer of every request.
Limits and vocabularies are read from the columns, where each field is stated once.
"""

from schema.rules.escaping import needs_no_escaping
from schema.rules.problem import Code, Problem
from schema.rules.row import default_of, problems

__all__ = ["Code", "Problem", "default_of", "needs_no_escaping", "problems"]

"""Which values JSON has nothing to escape in, since the rules let nothing else in.

A term is one of a vocabulary, a date and an amount are digits, and some texts have a form of their
own. All who write ask the rules first, the loader too. So such a value may be set between quotation
marks as it is; every other text may contain a quotation mark.
"""

from schema.concepts import Attribute
from schema.records.columns import Scalar

# Times have no rule: nobody gives one, a revision takes its own from the clock.
_KINDS = frozenset({Scalar.DATE, Scalar.DECIMAL, Scalar.TIME})

# Columns whose form in `forms.py` is made of letters, digits and hyphens.
_FORMS = frozenset({"slug", "language", "worth_currency"})


def needs_no_escaping(attribute: Attribute) -> bool:
    """Whether a known value, which is text, can stand in JSON as it is."""
    meaning = attribute.meaning
    if meaning.scalar is Scalar.TERM:
        return meaning.vocabulary is not None
    return meaning.scalar in _KINDS or attribute.column.name in _FORMS

"""Finds the fields whose values never need escaping in JSON, because the rules restrict them.

A term is from a vocabulary, a date and an amount consist of digits and signs, and some texts have a
restricted form. Every writer applies the rules, including the loader, so these values can be
written between quotation marks unchanged. All other texts may contain a quotation mark.
"""

from schema.concepts import Attribute
from schema.records.columns import Scalar

# Times have no rule, because no client sets one: a revision takes its time from the clock.
_KINDS = frozenset({Scalar.DATE, Scalar.DECIMAL, Scalar.TIME})

# Columns whose form in `forms.py` allows only letters, digits and hyphens.
_FORMS = frozenset({"slug", "language", "worth_currency"})


def needs_no_escaping(attribute: Attribute) -> bool:
    """Whether non-null values of this text field can be written into JSON unchanged."""
    meaning = attribute.meaning
    if meaning.scalar is Scalar.TERM:
        return meaning.vocabulary is not None
    return meaning.scalar in _KINDS or attribute.column.name in _FORMS

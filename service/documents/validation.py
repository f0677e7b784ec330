"""Selects the validation rules that a document needs.

Each rule costs about the same time on each node, whether it applies to the node or not. Most
documents have no fragments, variables or directives, so the rules about these can't find an error.
"""

from collections.abc import Mapping

from graphql import (
    ASTValidationRule,
    DeferStreamDirectiveLabel,
    DeferStreamDirectiveOnRootField,
    DeferStreamDirectiveOnValidOperationsRule,
    FragmentsOnCompositeTypesRule,
    KnownArgumentNamesRule,
    KnownDirectivesRule,
    KnownFragmentNamesRule,
    KnownTypeNamesRule,
    MaxIntrospectionDepthRule,
    NoFragmentCyclesRule,
    NoUndefinedVariablesRule,
    NoUnusedFragmentsRule,
    NoUnusedVariablesRule,
    OverlappingFieldsCanBeMergedRule,
    PossibleFragmentSpreadsRule,
    SingleFieldSubscriptionsRule,
    StreamDirectiveOnListField,
    UniqueArgumentNamesRule,
    UniqueDirectivesPerLocationRule,
    UniqueFragmentNamesRule,
    UniqueInputFieldNamesRule,
    UniqueVariableNamesRule,
    ValuesOfCorrectTypeRule,
    VariablesAreInputTypesRule,
    VariablesInAllowedPositionRule,
    specified_rules,
)

Rule = type[ASTValidationRule]

_FRAGMENTS, _VARIABLES, _DIRECTIVES, _ARGUMENTS = ("...", "fragment"), ("$",), ("@",), ("(",)

# For each rule, the marks of which a text must contain one for the rule to find an error. Every
# document needs the other rules.
_MARKS: Mapping[Rule, tuple[str, ...]] = {
    FragmentsOnCompositeTypesRule: _FRAGMENTS,
    UniqueFragmentNamesRule: _FRAGMENTS,
    KnownFragmentNamesRule: _FRAGMENTS,
    NoUnusedFragmentsRule: _FRAGMENTS,
    PossibleFragmentSpreadsRule: _FRAGMENTS,
    NoFragmentCyclesRule: _FRAGMENTS,
    KnownTypeNamesRule: (*_FRAGMENTS, *_VARIABLES),
    VariablesAreInputTypesRule: _VARIABLES,
    UniqueVariableNamesRule: _VARIABLES,
    NoUndefinedVariablesRule: _VARIABLES,
    NoUnusedVariablesRule: _VARIABLES,
    VariablesInAllowedPositionRule: _VARIABLES,
    KnownDirectivesRule: _DIRECTIVES,
    UniqueDirectivesPerLocationRule: _DIRECTIVES,
    DeferStreamDirectiveOnRootField: _DIRECTIVES,
    DeferStreamDirectiveOnValidOperationsRule: _DIRECTIVES,
    DeferStreamDirectiveLabel: _DIRECTIVES,
    StreamDirectiveOnListField: _DIRECTIVES,
    KnownArgumentNamesRule: _ARGUMENTS,
    UniqueArgumentNamesRule: _ARGUMENTS,
    UniqueInputFieldNamesRule: _ARGUMENTS,
    ValuesOfCorrectTypeRule: _ARGUMENTS,
    SingleFieldSubscriptionsRule: ("subscription",),
    MaxIntrospectionDepthRule: ("__",),
}


def quick_rules(text: str) -> tuple[Rule, ...]:
    """The rules that a document of this text needs, without the comparison of its fields.

    That rule takes by far the longest, so it runs only after all others found no error.
    """
    return tuple(
        rule
        for rule in specified_rules
        if rule is not OverlappingFieldsCanBeMergedRule and _may_apply(rule, text)
    )


def _may_apply(rule: Rule, text: str) -> bool:
    marks = _MARKS.get(rule)
    return marks is None or any(mark in text for mark in marks)

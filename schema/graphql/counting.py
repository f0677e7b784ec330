"""How records are counted: exactly, or by a sample."""

from typing import Annotated, Any

import strawberry

from schema.counting import ACCURACIES
from schema.graphql.classes import Field, enum_type

ACCURACY_DESCRIPTION = "How exactly matching records are counted."
ACCURACY_ARGUMENT = "How exactly they are counted. Default: EXACT."
CountAccuracy: Any = enum_type("CountAccuracy", ACCURACIES, ACCURACY_DESCRIPTION)


def total_count_field(description: str) -> Field:
    """The field `totalCount`, whose accuracy clients choose."""
    number: Any = int

    def total_count(
        accuracy: Annotated[
            CountAccuracy | None, strawberry.argument(description=ACCURACY_ARGUMENT)
        ] = strawberry.UNSET,
    ) -> number: ...

    field = strawberry.field(resolver=total_count, name="totalCount", description=description)
    return Field("totalCount", number, field)

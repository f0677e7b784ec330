"""`@asOf`: the whole question is about an earlier state of the data."""

from typing import Annotated

import strawberry
from strawberry.directive import DirectiveLocation

from schema.graphql.scalars import DateTime

Revision = Annotated[
    int | None, strawberry.argument(description="The number of the revision that was the newest.")
]
Time = Annotated[
    DateTime | None, strawberry.argument(description="A moment that is past: what was known then.")
]


@strawberry.directive(
    locations=[DirectiveLocation.QUERY],
    name="asOf",
    description="Asks the whole question of the data as it stood then. Give one of the two.",
)
def as_of(revision: Revision = None, time: Time = None) -> None:
    """Read by the planner."""

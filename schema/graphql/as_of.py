"""The directive `@asOf`: runs a query on the data as of an earlier revision."""

from typing import Annotated

import strawberry
from strawberry.directive import DirectiveLocation

from schema.graphql.scalars import DateTime

Revision = Annotated[int | None, strawberry.argument(description="Number of the revision.")]
Time = Annotated[
    DateTime | None,
    strawberry.argument(
        description="Time in the past: the revision is the newest one at that time."
    ),
]


@strawberry.directive(
    locations=[DirectiveLocation.QUERY],
    name="asOf",
    description="Runs the query on the data as of an earlier revision. Set exactly one argument.",
)
def as_of(revision: Revision = None, time: Time = None) -> None:
    """The planner reads the arguments; there is no resolver."""

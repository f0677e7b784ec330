"""The arguments that all paginated fields share: the filter and the cursor."""

from typing import Annotated, TypeVar

import strawberry

Filter = TypeVar("Filter")

Where = Annotated[
    Filter | None, strawberry.argument(description="Returns only records that match this filter.")
]
After = Annotated[
    str | None, strawberry.argument(description="Returns the items after this cursor.")
]

"""Arguments that several pages have: which records, and where the page begins."""

from typing import Annotated, TypeVar

import strawberry

Filter = TypeVar("Filter")

Where = Annotated[Filter | None, strawberry.argument(description="What the records must be like.")]
After = Annotated[str | None, strawberry.argument(description="Begin behind this cursor.")]

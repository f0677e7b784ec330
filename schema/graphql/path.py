"""Types of paths: a path and its steps, and the root field."""

from typing import Annotated, Any

import strawberry

from schema.analysis import path
from schema.graphql.classes import Field, declare, enum_type, fill, list_of, output
from schema.graphql.paging import Where

PathTime: Any = enum_type(
    "PathTime", path.TIMES, "How the steps of a path follow each other in time."
)


def path_type(actor: Any, supports: Field) -> Any:
    """The type `Path`. `supports`: the connection of the supports of a step."""
    ends = (
        output("supporter", actor, path.SUPPORTER),
        output("recipient", actor, path.RECIPIENT),
    )
    step = strawberry.type(
        fill(declare("PathStep"), (*ends, supports)),
        description="A step of a path: the supports from an actor to the next.",
    )
    fields = (
        output("hops", int, path.HOPS),
        output("year", int, path.YEAR, nullable=True),
        output("steps", list_of(step), path.STEPS),
    )
    return strawberry.type(
        fill(declare("Path"), fields), description="A chain of support from one actor to another."
    )


Time = Annotated[
    PathTime | None,
    strawberry.argument(description="How the steps follow in time. Default: ANY."),
]


def paths_field(type_: Any, by_type: Any, where_type: Any) -> Field:
    """The root field `paths`. `by_type`: the identifier of an actor."""

    def paths(
        from_: Annotated[
            by_type,
            strawberry.argument(name="from", description="Actor at which the paths begin."),
        ],
        to: Annotated[by_type, strawberry.argument(description="Another actor: where they end.")],
        max_hops: Annotated[
            int | None,
            strawberry.argument(
                description=f"Most steps of a path. Default: {path.HOPS_DEFAULT}. Maximum: "
                f"{path.HOPS_MOST}."
            ),
        ] = strawberry.UNSET,
        where: Where[where_type] = strawberry.UNSET,
        time: Time = strawberry.UNSET,
        first: Annotated[
            int | None,
            strawberry.argument(
                description=f"Number of paths to return. Default: {path.PATHS_DEFAULT}. Maximum: "
                f"{path.PATHS_MOST}."
            ),
        ] = strawberry.UNSET,
    ) -> list_of(type_):  # type: ignore[valid-type]
        ...

    resolver = strawberry.field(paths, name="paths", description=path.DESCRIPTION)
    return Field("paths", type_, resolver)


def unknown_count_field(where_type: Any) -> Field:
    """The root field `pathsUnknownCount`: `paths` is a list, which has no place for a number."""

    def unknown(
        where: Where[where_type] = strawberry.UNSET, time: Time = strawberry.UNSET
    ) -> Any: ...

    name, description = "pathsUnknownCount", path.UNKNOWN_COUNT
    resolver = strawberry.field(unknown, name=name, description=description, graphql_type=int)
    return Field(name, int, resolver)

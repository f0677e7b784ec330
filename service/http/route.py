"""A route of the application."""

from starlette import routing
from starlette.routing import Match
from starlette.types import Scope


class Route(routing.Route):
    """Is in the scope of the request that it serves, so that metrics can count by its pattern."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As every route of Starlette."""
        match, found = super().matches(scope)
        return match, found if match is Match.NONE else {**found, "route": self}

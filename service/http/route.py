"""A route of the application."""

from starlette import routing
from starlette.routing import Match
from starlette.types import Scope


class Route(routing.Route):
    """A route that adds itself to the scope of its request, so that metrics can use its pattern."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Matches as every route of Starlette does."""
        match, found = super().matches(scope)
        return match, found if match is Match.NONE else {**found, "route": self}

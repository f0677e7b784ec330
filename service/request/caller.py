"""The caller of a request, and the roles that callers have."""

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """The role of a token. Each role includes the permissions of those before it."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def includes(self, needed: "Role") -> bool:
        """Whether this role has all permissions of `needed`."""
        roles = list(Role)
        return roles.index(self) >= roles.index(needed)


class Caller(NamedTuple):
    """The client of a request. `name`: the token's name; empty without a token."""

    name: str
    role: Role


ANONYMOUS_CALLER = Caller("", Role.READER)

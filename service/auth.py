"""Who asks, and what they may do."""

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a token allows: each role also what the roles before it do."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def includes(self, needed: "Role") -> bool:
        """Whether who has this role may do what `needed` may."""
        roles = list(Role)
        return roles.index(self) >= roles.index(needed)


class Caller(NamedTuple):
    """Whoever asks. `name` is the token's; nobody's without one."""

    name: str
    role: Role


ANYBODY = Caller("", Role.READER)

"""The standbys that a commit waits for: the required number, and the connected number.

If too few are connected, PostgreSQL holds each commit until one is back, without a time limit.
"""

import re
from typing import Any, NamedTuple

# A role without the rights of pg_monitor sees the row of a standby, but not its `sync_state`: so
# null counts. The last column counts commits that have waited longer than a healthy standby takes.
STANDBYS = """
SELECT current_setting('synchronous_commit'), current_setting('synchronous_standby_names'),
    (SELECT count(*) FROM pg_stat_replication WHERE sync_state IS DISTINCT FROM 'async'),
    (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
        AND wait_event = 'SyncRep' AND state_change < clock_timestamp() - interval '5 seconds')
"""
_NUMBER = re.compile(r"\s*(?:FIRST|ANY)?\s*([0-9]+)\s*\(", re.IGNORECASE)
# With these values of `synchronous_commit` no commit waits for a standby.
_ALONE = ("off", "local")


class Standbys(NamedTuple):
    """The state as the primary reports it. `waiting`: commits that have waited for 5 seconds."""

    required: int
    connected: int
    waiting: int

    @property
    def problem(self) -> str:
        """The problem, and what to do; empty if there is none."""
        if self.waiting or self.connected < self.required:
            return (
                f"{self.connected} of {self.required} synchronous standbys are connected, and "
                f"{self.waiting} commits wait for them; start the standby, or remove it from "
                "synchronous_standby_names and reload, which lets commits continue without it"
            )
        return ""


def standbys_in(row: tuple[Any, ...]) -> Standbys:
    """Reads the row of `STANDBYS`."""
    commit, names, connected, waiting = row
    return Standbys(_required(commit, names), connected, waiting)


def _required(commit: str, names: str) -> int:
    """The number of standbys that a commit needs; a list without a number needs one.

    See `synchronous_standby_names` in PostgreSQL's documentation.
    """
    if commit in _ALONE or not names.strip():
        return 0
    number = _NUMBER.match(names)
    return int(number[1]) if number else 1

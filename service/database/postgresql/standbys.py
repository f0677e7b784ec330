"""The standbys that a commit waits for: how many are required, and how many are connected.

If too few are connected, PostgreSQL holds each commit until one is back, without a time limit.
"""

import re
from typing import Any, NamedTuple

# A role without the rights of pg_monitor sees that there is a standby, but not of which kind it is.
# The last column counts commits that have waited longer than a healthy standby takes.
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
    """What the primary says. `waiting`: the commits that have waited for 5 seconds or longer."""

    required: int
    connected: int
    waiting: int

    @property
    def problem(self) -> str:
        """What is wrong, and what to do; empty if nothing is."""
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
    """PostgreSQL's documentation, synchronous_standby_names: a list without a number needs one."""
    if commit in _ALONE or not names.strip():
        return 0
    number = _NUMBER.match(names)
    return int(number[1]) if number else 1

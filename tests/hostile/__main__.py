"""Prints what each hostile request costs: `python -m tests.hostile [--database postgresql]`."""

import argparse
import tempfile
from pathlib import Path

from tests.databases import new_database
from tests.hostile.attack import CLIENTS, Attack, attacking
from tests.hostile.collection import COLLECTION


def main() -> None:
    """Sends all hostile requests, and prints a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--seconds", type=float, default=30, help="How long the clients repeat.")
    options.add_argument("--only", default="", help="Part of the names of the requests to send.")
    chosen = options.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        new_database(chosen.database, Path(folder)) as url,
        attacking(url) as attack,
    ):
        _print_table(attack, chosen.only, chosen.seconds)


def _print_table(attack: Attack, only: str, seconds: float) -> None:
    collection = [each for each in COLLECTION if only in each.name]
    before = attack.memory()
    print("Longest wait of a client that looks up one actor, and memory of the service\n")
    print(f"| {'request':48} |   bytes | {'answer':32} | took ms | wait ms | MiB |")
    print(f"|{'-' * 50}|{'-' * 9}|{'-' * 34}|{'-' * 9}|{'-' * 9}|{'-' * 5}|")
    for felt in attack.one_by_one(collection):
        print(
            f"| {felt.name:48} | {felt.content_bytes:7} | {felt.answer:32} | {felt.took:7.0f} "
            f"| {felt.longest_wait:7.0f} | {felt.memory:3.0f} |",
            flush=True,
        )
    print(f"\nMemory: {before:.0f} MiB before, {attack.memory():.0f} MiB after.")
    if seconds:
        felt_together = attack.together(collection, seconds)
        print(
            f"{CLIENTS} clients together, {felt_together.requests} requests in {seconds:g} s: "
            f"p99 {felt_together.p99:.0f} ms, longest wait {felt_together.longest_wait:.0f} ms, "
            f"memory {felt_together.memory:+.0f} MiB."
        )


if __name__ == "__main__":
    main()

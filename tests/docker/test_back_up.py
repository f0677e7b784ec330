"""`docker/back_up.sh` keeps old backups of SQLite; `docker/test` tests PostgreSQL."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.stores import copy_of, rows

ROOT = Path(__file__).parents[2]
DAY = 86_400

pytestmark = pytest.mark.sqlite


class Backups:
    """A folder of backups, and the command `allygraph` on a database."""

    def __init__(self, database: Path, folder: Path) -> None:
        self.folder = folder / "backups"
        self.folder.mkdir()
        programs = folder / "bin"
        programs.mkdir()
        command = programs / "allygraph"
        command.write_text(
            f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m service.cli "$@"\n'
        )
        command.chmod(0o755)
        # The script has the path of the folder in the container.
        self.script = folder / "back_up.sh"
        text = (ROOT / "docker" / "back_up.sh").read_text()
        self.script.write_text(text.replace("cd /backups", f"cd '{self.folder}'"))
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "ALLYGRAPH_DATABASE_URL": f"sqlite:///{database}",
            "KEEP_DAYS": "14",
        }

    def run(self, *arguments: str) -> str:
        command = ["sh", str(self.script), *arguments]
        ended = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def old(self, days: float, name: str) -> None:
        """Creates a backup of this age in days."""
        for file in (self.folder / name, self.folder / f"{name}.sha256"):
            file.write_text("")
            os.utime(file, (time.time() - days * DAY,) * 2)

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def backups(seeded: Path, tmp_path: Path) -> Backups:
    return Backups(copy_of(seeded, tmp_path), tmp_path)


def test_a_backup_has_its_digest_and_old_ones_are_removed(backups: Backups) -> None:
    for days in range(1, 21):
        backups.old(days - 0.5, f"allygraph-{2000 - days}.db")
    backups.old(300, "of-somebody-else.db")
    backups.run()
    new = [name for name in backups.names if name.startswith("allygraph-2")]
    assert [Path(name).suffix for name in new] == [".db", ".sha256"]
    kept = {name for name in backups.names if name.startswith("allygraph-1")}
    expected = {f"allygraph-{2000 - days}.db" for days in range(1, 15)}
    assert kept == expected | {f"{name}.sha256" for name in expected}
    assert "of-somebody-else.db" in backups.names


def test_the_newest_three_are_kept_however_old(backups: Backups) -> None:
    for number in range(5):
        backups.old(400 - number, f"allygraph-000{number}.db")
    backups.run()
    kept = [name for name in backups.names if name.startswith("allygraph-000")]
    assert kept == [
        *("allygraph-0003.db", "allygraph-0003.db.sha256"),
        *("allygraph-0004.db", "allygraph-0004.db.sha256"),
    ]


def test_a_backup_is_restored_by_the_same_script(backups: Backups, tmp_path: Path) -> None:
    backups.run()
    (backup,) = (name for name in backups.names if name.endswith(".db"))
    database = tmp_path / "copy.db"
    before = rows(database, "SELECT count(*) FROM support")
    database.unlink()
    assert "restored and verified" in backups.run("restore", backup)
    assert rows(database, "SELECT count(*) FROM support") == before

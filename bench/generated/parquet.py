"""The generated supports as Parquet, for readers of files."""

import subprocess
import sys
from pathlib import Path
from shutil import rmtree

from bench.databases import Database
from bench.errors import BenchError
from bench.generated.data import FOLDER


def exported(database: Database) -> Path:
    """The folder with the supports of a database, from the folder of the data if it exists."""
    folder = FOLDER / "parquet" / database.url.rpartition("/")[2]
    if not folder.exists():
        # Files of an earlier generator or schema are useless.
        rmtree(folder.parent, ignore_errors=True)
        folder.parent.mkdir(parents=True)
        _export(database, folder)
    return folder


def _export(database: Database, folder: Path) -> None:
    command = [sys.executable, "-m", "service.cli", "export", "supports", "datasets"]
    options = ["--format", "parquet", "--output", str(folder), "--database-url", database.url]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"The supports are not exported. {done.stderr.strip()}")

"""Runs scripts in the environment of the readers of exports."""

import subprocess
from pathlib import Path

from tests.environments import environment_of

HERE = Path(__file__).parent


def run(script: Path, *arguments: str | Path, folder: Path | None = None, given: str = "") -> str:
    """Returns the output of a script. `folder`: the working directory. `given`: the input."""
    python = environment_of("readers", HERE) / "bin" / "python"
    done = subprocess.run(
        [python, "-W", "ignore", script, *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return done.stdout

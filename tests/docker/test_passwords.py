"""`docker/make_passwords.sh` creates the passwords of an installation."""

import subprocess
from pathlib import Path

MAKE = Path(__file__).parents[2] / "docker" / "make_passwords.sh"


def make(*paths: Path) -> str:
    command = ["sh", str(MAKE), *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_each_file_gets_a_password_of_its_own(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    make(one, two)
    assert len(one.read_text()) >= 43
    assert one.read_text() != two.read_text()


def test_password_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("known to the database")
    assert make(path) == ""
    assert path.read_text() == "known to the database"


def test_every_user_may_read_it_and_none_may_write_it(tmp_path: Path) -> None:
    path = tmp_path / "password"
    make(path)
    assert path.stat().st_mode & 0o777 == 0o444


def test_password_itself_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "password"
    assert make(path) == f"Created {path}.\n"


def test_what_a_start_before_left_unfinished_does_not_hinder(tmp_path: Path) -> None:
    path = tmp_path / "password"
    (tmp_path / "password.unfinished").write_text("hal")
    make(path)
    assert [each.name for each in tmp_path.iterdir()] == ["password"]

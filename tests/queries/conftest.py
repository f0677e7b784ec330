"""The flag that renews what the documents of this folder compile to and answer."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew", action="store_true", help="Write the SQL and the answers of tests/queries again."
    )

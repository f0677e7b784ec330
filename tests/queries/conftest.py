"""The flag that rewrites the SQL and the results of the documents of this folder."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew", action="store_true", help="Write the SQL and the answers of tests/queries again."
    )

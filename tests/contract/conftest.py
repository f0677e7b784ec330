"""Fixtures for both APIs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.service import Service, service_at
from tests.stores import copy_of


@pytest.fixture
def service(seeded: Path, tmp_path: Path) -> Iterator[Service]:
    """A service to which a test may write."""
    with service_at(copy_of(seeded, tmp_path)) as service:
        yield service

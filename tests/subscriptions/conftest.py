"""Fixtures of the tests of subscriptions."""

from collections.abc import Iterator

import pytest

from tests.subscriptions.services import Service, fake_service
from tests.subscriptions.talking import Talk


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The fake service with default settings."""
    with fake_service() as service:
        yield service


@pytest.fixture
def talk(service: Service) -> Iterator[Talk]:
    """A socket after `connection_ack`."""
    with service.talk() as talk:
        yield talk.begin()

"""What the tests of what is live share."""

from collections.abc import Iterator

import pytest

from tests.subscriptions.services import Service, fake_service
from tests.subscriptions.talking import Talk


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The fake service, as it is unless something is set."""
    with fake_service() as service:
        yield service


@pytest.fixture
def talk(service: Service) -> Iterator[Talk]:
    """A socket that is welcome."""
    with service.talk() as talk:
        yield talk.begin()

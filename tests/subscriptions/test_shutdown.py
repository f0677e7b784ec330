"""Subscribers do not delay a shutdown, and may all reconnect."""

import json

import httpx

from tests.subscriptions.services import fake_service, wait_until
from tests.subscriptions.talking import SUBSCRIPTION
from tests.subscriptions.test_slow_clients import (
    MANY,
    connection,
    follow_in_a_stream,
    follow_on_a_socket,
)

# Far below the time that a response in progress gets.
SOON = 8


def test_sockets_are_closed_as_going_away() -> None:
    with fake_service() as service, service.talk() as talk, service.talk() as silent:
        talk.begin().follow()
        service.process.terminate()
        service.process.wait(timeout=SOON)
        told = (1001, "The service stops: reconnect with the last revision you saw.")
        assert [talk.end(), silent.end()] == [told, told]


def test_streams_end_without_a_complete_event() -> None:
    question = {"query": SUBSCRIPTION, "variables": {"since": 0}}
    with fake_service() as service:
        service.write(1)
        with httpx.stream("POST", f"{service.url}/graphql", json=question) as response:
            wait_until(lambda: service.open_operations() == 1)
            service.process.terminate()
            event, data, *rest = response.iter_lines()
    assert (event, json.loads(data[6:])["data"]["changes"]["revision"]) == ("event: next", 1)
    assert rest == [""]


def test_a_client_that_does_not_read_blocks_nothing() -> None:
    with fake_service() as service, connection(service) as one, connection(service) as other:
        service.write(*MANY)
        follow_on_a_socket(one)
        follow_in_a_stream(other)
        wait_until(lambda: service.open_operations() == 2)
        service.process.terminate()
        service.process.wait(timeout=SOON)

"""graphql-transport-ws follows its specification, and violations close the socket."""

from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from service.http.graphql.event_size import MAX_EVENT_BYTES
from tests.subscriptions.services import Service, fake_service
from tests.subscriptions.talking import SUBSCRIPTION, Talk

CALLER = "{ caller }"


@pytest.mark.parametrize("subprotocols", [(), ("graphql-ws",)], ids=["none", "the former one"])
def test_socket_without_the_subprotocol_is_closed(
    service: Service, subprotocols: tuple[str, ...]
) -> None:
    with service.talk(subprotocols=subprotocols) as talk:
        assert talk.end() == (4406, "Subprotocol not acceptable: speak graphql-transport-ws.")


def test_socket_takes_the_subprotocol_among_others(service: Service) -> None:
    with service.talk(subprotocols=("graphql-ws", "graphql-transport-ws")) as talk:
        talk.begin()
        assert talk.socket.subprotocol == "graphql-transport-ws"


def test_socket_is_not_compressed(service: Service) -> None:
    with service.talk() as talk:
        assert talk.socket.protocol.extensions == []


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1"])
def test_page_of_another_site_is_refused(service: Service, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, service.talk(origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_page_of_the_service_is_welcome(service: Service) -> None:
    with service.talk(origin=service.url) as talk:
        talk.begin()


def test_silent_client_is_closed_whatever_else_it_says(service: Service) -> None:
    with service.talk() as talk:
        talk.say("ping")
        assert talk.hear() == {"type": "pong"}
        assert talk.end() == (4408, "Connection initialisation timeout")


def test_second_initialisation_closes_the_socket(talk: Talk) -> None:
    talk.say("connection_init")
    assert talk.end() == (4429, "Too many initialisation requests")


def test_operation_before_the_initialisation_closes_the_socket(service: Service) -> None:
    with service.talk() as talk:
        talk.ask("1", CALLER)
        assert talk.end() == (4401, "Unauthorized: send connection_init first.")


@pytest.mark.parametrize("document", [SUBSCRIPTION, "{ never }"])
def test_id_in_use_closes_the_socket(talk: Talk, document: str) -> None:
    talk.ask("mine", document)
    talk.ask("mine", CALLER)
    assert talk.end() == (4409, "Subscriber for mine already exists")


def test_reason_of_a_close_is_as_long_as_a_frame_allows(talk: Talk) -> None:
    for _ in range(2):
        talk.ask("é" * 1_000, SUBSCRIPTION)
    assert talk.end() == (4409, "Subscriber for " + "é" * 54)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("", "A message is a JSON object, sent as text."),
        ("good morning", "A message is a JSON object, sent as text."),
        ('["ping"]', "A message is a JSON object, sent as text."),
        (b'{"type": "ping"}', "A message is a JSON object, sent as text."),
        ("[" * 100_000, "A message is a JSON object, sent as text."),
        ("{}", "`type` is not a message type that a client may send."),
        ('{"type": "next", "id": "1"}', "`type` is not a message type that a client may send."),
        ('{"type": ["ping"]}', "`type` is not a message type that a client may send."),
        ('{"type": "ping", "payload": 1}', "`payload` is not an object."),
        ('{"type": "pong", "payload": []}', "`payload` is not an object."),
        ('{"type": "connection_init", "payload": "me"}', "`payload` is not an object."),
        ('{"type": "complete"}', "`id` is missing, or is not text."),
        ('{"type": "subscribe", "payload": {}}', "`id` is missing, or is not text."),
        ('{"type": "subscribe", "id": ""}', "`id` is missing, or is not text."),
        ('{"type": "subscribe", "id": 7}', "`id` is missing, or is not text."),
        ('{"type": "subscribe", "id": "1"}', "`payload`: The body is not a JSON object"),
        ('{"type": "subscribe", "id": "1", "payload": {}}', "`payload`: `query` is missing"),
        (
            '{"type": "subscribe", "id": "1", "payload": {"query": "{a}", "variables": 1}}',
            "`payload`: `variables` is not an object.",
        ),
    ],
)
def test_message_that_is_none_closes_the_socket(
    talk: Talk, message: str | bytes, reason: str
) -> None:
    talk.socket.send(message)
    code, told = talk.end()
    assert (code, told[: len(reason)]) == (4400, reason)


def test_message_that_is_too_long_closes_the_socket(talk: Talk) -> None:
    talk.ask("1", " " * 1_000_000 + CALLER)
    assert talk.end()[0] == 1009


def test_ping_is_answered_with_what_it_carried(talk: Talk) -> None:
    talk.say("ping", payload={"sent": "at noon"})
    assert talk.hear() == {"type": "pong", "payload": {"sent": "at noon"}}


def test_an_unsolicited_pong_is_accepted(talk: Talk) -> None:
    talk.say("pong")
    talk.say("ping")
    assert talk.hear() == {"type": "pong"}


def answers(talk: Talk, id: str) -> None:
    """A query returns its result, and completes."""
    talk.ask(id, CALLER)
    assert talk.hear() == {"id": id, "type": "next", "payload": {"data": {"caller": ""}}}
    assert talk.hear() == {"id": id, "type": "complete"}


def test_query_is_answered_once_and_its_id_may_be_used_again(talk: Talk) -> None:
    answers(talk, "a")
    answers(talk, "a")


def test_id_is_given_back_as_it_came(talk: Talk) -> None:
    answers(talk, '"\\\n\u2028 é 💡')


def test_question_that_can_not_be_asked_is_an_error_of_its_own(talk: Talk) -> None:
    talk.ask("bad", "{ nothing }")
    told = talk.hear()
    (error,) = told.pop("payload")
    assert told == {"id": "bad", "type": "error"}
    assert error["message"] == "Unknown field."
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    answers(talk, "bad")


def test_internal_error_shows_no_details(talk: Talk) -> None:
    talk.ask("1", "{ fault }")
    (error,) = talk.hear()["payload"]
    assert error["message"] == "Internal error. The log of the service has the details."
    assert error["extensions"].keys() == {"code", "requestId"}
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    answers(talk, "1")


def test_each_revision_is_an_event(service: Service, talk: Talk) -> None:
    talk.follow()
    service.write(1, 2)
    first = talk.revision()
    assert talk.revision() == first + 1


def test_events_after_a_revision_come_first(service: Service, talk: Talk) -> None:
    service.write(1, 2, 3)
    talk.ask("1", SUBSCRIPTION, since=0)
    assert [talk.revision() for _ in range(3)] == [1, 2, 3]


def test_write_of_another_process_is_an_event(service: Service, talk: Talk) -> None:
    talk.follow()
    service.post("/write-elsewhere?1")
    assert talk.revision()


def test_completed_subscription_is_silent_and_its_id_is_free(service: Service, talk: Talk) -> None:
    talk.follow("1")
    talk.say("complete", id="1")
    talk.say("ping")
    assert talk.hear() == {"type": "pong"}
    service.write(1)
    answers(talk, "1")


def test_completed_query_is_not_answered(talk: Talk) -> None:
    talk.ask("1", "{ never }")
    talk.say("complete", id="1")
    answers(talk, "1")


def test_completing_what_is_not_there_is_no_mistake(talk: Talk) -> None:
    talk.say("complete", id="of another life")
    answers(talk, "1")


def test_subscription_that_fails_says_what_came_before(service: Service, talk: Talk) -> None:
    service.write(1, 1)
    talk.ask("1", SUBSCRIPTION, since=0, failsAt=2)
    assert talk.revision() == 1
    assert talk.code() == "BAD_USER_INPUT"
    answers(talk, "1")


def test_long_events_of_several_subscriptions_come_whole(service: Service, talk: Talk) -> None:
    ids = {str(number) for number in range(5)}
    for id in ids:
        talk.follow(id)
    service.write(400_000)
    events = [talk.hear() for _ in ids]
    assert {event["id"] for event in events} == ids
    assert {event["payload"]["data"]["changes"]["text"] for event in events} == {"x" * 400_000}


def test_event_that_exceeds_the_limit_ends_its_operation_with_an_error() -> None:
    with fake_service() as service, service.talk() as talk:
        service.write(1, MAX_EVENT_BYTES)
        talk.begin().ask("1", SUBSCRIPTION, since=0)
        assert talk.revision() == 1
        assert talk.code() == "EVENT_TOO_LARGE"
        answers(talk, "1")


def test_quiet_socket_gets_heartbeats() -> None:
    with fake_service(ALLYGRAPH_HEARTBEAT_SECONDS="0.1") as service, service.talk() as talk:
        talk.begin()
        talk.follow()
        assert [talk.hear(), talk.hear()] == [{"type": "ping"}] * 2


def test_socket_has_a_hundred_operations_at_a_time(talk: Talk) -> None:
    for number in range(100):
        talk.ask(str(number), "{ never }")
    talk.ask("one too many", CALLER)
    assert talk.code() == "TOO_MANY_SUBSCRIPTIONS"
    talk.say("complete", id="7")
    answers(talk, "now")


def test_process_has_as_many_subscriptions_as_are_set() -> None:
    with fake_service(ALLYGRAPH_SUBSCRIPTIONS="2") as service:
        with service.talk() as first, service.talk() as second:
            first.begin().follow("1")
            first.follow("2")
            second.begin().ask("1", CALLER)
            assert second.code() == "TOO_MANY_SUBSCRIPTIONS"
            with service.talk() as third:
                code, reason = third.end()
        assert (code, reason.startswith("This process serves 2 subscriptions")) == (1013, True)


def who(talk: Talk) -> Any:
    talk.ask("who", CALLER)
    name = talk.hear()["payload"]["data"]["caller"]
    assert talk.hear()["type"] == "complete"
    return name


EDITOR = "Bearer editor"


def test_token_may_come_with_the_handshake(service: Service) -> None:
    with service.talk(additional_headers={"Authorization": EDITOR}) as talk:
        assert who(talk.begin()) == "editor"


@pytest.mark.parametrize("name", ["Authorization", "authorization"])
def test_token_may_come_with_the_initialisation(service: Service, name: str) -> None:
    with service.talk() as talk:
        assert who(talk.begin({name: EDITOR})) == "editor"


def test_token_of_the_initialisation_goes_before_that_of_the_handshake(service: Service) -> None:
    with service.talk(additional_headers={"Authorization": "Bearer of old"}) as talk:
        assert who(talk.begin({"Authorization": EDITOR})) == "editor"


def test_token_that_is_no_good_closes_the_socket(service: Service) -> None:
    with service.talk() as talk:
        talk.say("connection_init", payload={"Authorization": "Bearer nobody"})
        assert talk.end() == (4403, "This token is not known here.")


def test_token_that_is_no_text_closes_the_socket(service: Service) -> None:
    with service.talk() as talk:
        talk.say("connection_init", payload={"Authorization": 7})
        assert talk.end() == (4400, "`payload.Authorization` is not text.")


def test_socket_without_a_token_is_closed_where_reading_needs_one() -> None:
    with fake_service(ALLYGRAPH_READ="token") as service, service.talk() as talk:
        talk.say("connection_init")
        assert talk.end() == (4403, "This needs a token.")


@pytest.mark.parametrize("payload", [{}, {"Authorization": None}, None])
def test_public_reading_needs_no_token_on_a_socket(
    service: Service, payload: dict[str, object] | None
) -> None:
    with service.talk() as talk:
        assert who(talk.begin(payload)) == ""


def test_token_that_is_revoked_gets_no_further_event() -> None:
    with fake_service() as service, service.talk() as talk:
        talk.begin({"Authorization": EDITOR}).follow()
        service.post("/revoke")
        service.write(1)
        assert talk.end() == (4403, "This token is not known here.")


def test_socket_of_a_token_that_is_revoked_is_closed_while_nothing_happens() -> None:
    with fake_service() as service, service.talk() as talk:
        talk.begin({"Authorization": EDITOR}).follow()
        service.post("/revoke")
        assert talk.end() == (4403, "This token is not known here.")

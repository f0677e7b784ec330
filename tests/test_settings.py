"""Settings have a minimum and a maximum; other values stop the start with the setting's name."""

import pytest

from service.errors import StartError
from service.settings import Settings, read_settings

NUMBERS = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if field.annotation in (int, float)
}
# The drain time may be zero.
TIMES = [name for name in NUMBERS if name.endswith("seconds") and name != "drain_seconds"]


@pytest.mark.parametrize("name", NUMBERS)
def test_no_number_is_as_large_as_one_likes(name: str) -> None:
    with pytest.raises(StartError, match=f"ALLYGRAPH_{name.upper()}="):
        read_settings({}, **{name: 10**30})


@pytest.mark.parametrize("name", NUMBERS)
def test_no_number_is_negative(name: str) -> None:
    with pytest.raises(StartError, match=f"ALLYGRAPH_{name.upper()}="):
        read_settings({}, **{name: -1})


@pytest.mark.parametrize("name", TIMES)
@pytest.mark.parametrize("time", [0.0, 1e-9, float("inf"), float("nan"), 1e300])
def test_a_time_is_neither_nothing_nor_for_ever(name: str, time: float) -> None:
    with pytest.raises(StartError, match=f"ALLYGRAPH_{name.upper()}="):
        read_settings({}, **{name: time})


@pytest.mark.parametrize("host", ["", " "])
def test_an_empty_host_would_listen_everywhere(host: str) -> None:
    with pytest.raises(StartError, match="ALLYGRAPH_HOST="):
        read_settings({}, host=host)


@pytest.mark.parametrize("name", ["port", "log_format", "database_password_file"])
def test_a_value_of_several_lines_is_refused_in_one(name: str) -> None:
    with pytest.raises(StartError) as refused:
        read_settings({}, **{name: "a\nb\r\u2028c"})
    assert len(refused.value.message.splitlines()) == 1


def test_every_default_is_within_its_limits() -> None:
    assert read_settings({}) == Settings()

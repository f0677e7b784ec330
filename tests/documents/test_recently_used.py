"""The cache keeps the most recently used entries, within its size."""

from service.documents.recently_used import RecentlyUsed


def test_a_value_is_found_by_its_key() -> None:
    cache = RecentlyUsed[str, str](100)
    cache.keep("a", "value", 10)
    assert (cache.get("a"), cache.get("b")) == ("value", None)


def test_a_value_in_use_stays_under_a_flood_of_others() -> None:
    cache = RecentlyUsed[str, int](1_000)
    cache.keep("used", 1, 100)
    for number in range(1_000):
        cache.keep(f"once {number}", number, 100)
        assert cache.get("used") == 1


def test_values_that_are_not_used_go() -> None:
    cache = RecentlyUsed[str, int](1_000)
    for number in range(100):
        cache.keep(f"once {number}", number, 100)
    kept = [number for number in range(100) if cache.get(f"once {number}") is not None]
    assert 0 < len(kept) <= 10


def test_a_value_larger_than_the_cache_is_not_kept() -> None:
    cache = RecentlyUsed[str, int](1_000)
    cache.keep("large", 1, 2_000)
    assert cache.get("large") is None


def test_a_dropped_value_is_gone_under_each_of_its_keys() -> None:
    cache = RecentlyUsed[str, object](1_000)
    value = object()
    cache.keep("a", value, 1)
    cache.keep("b", value, 1)
    cache.drop(lambda kept: kept is value)
    assert (cache.get("a"), cache.get("b")) == (None, None)


def test_a_value_is_kept_when_its_key_comes_again() -> None:
    cache = RecentlyUsed[str, int](1_000)
    cache.keep_if_again("a", 1, 10)
    assert cache.get("a") is None
    cache.keep_if_again("a", 1, 10)
    assert cache.get("a") == 1


def test_keys_that_come_once_drop_nothing() -> None:
    cache = RecentlyUsed[str, int](1_000)
    cache.keep("a", 1, 100)
    for number in range(1_000):
        cache.keep_if_again(f"once {number}", number, 100)
    assert cache.get("a") == 1

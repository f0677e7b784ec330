"""Events are found by a few at a time, and not on the event loop, however many are due at once."""

import asyncio
from types import SimpleNamespace
from typing import Any

from service.engine.answer_cache import AnswerCache
from service.engine.subscriptions import Subscription, SubscriptionKey, Subscriptions

MANY = 50


class BusyEngine:
    """Answers each query of an event after a while."""

    def __init__(self) -> None:
        self.in_progress = self.most = self.asked = 0

    def newest_revision(self) -> int:
        return 4

    async def run(
        self, prepared: str, values: Any, context: Any, *, limited: bool = True
    ) -> list[list[Any]]:
        # What is limited runs on the event loop at first.
        assert not limited
        self.asked += 1
        self.in_progress += 1
        self.most = max(self.most, self.in_progress)
        await asyncio.sleep(0.001)
        self.in_progress -= 1
        return [[4, 4]] if prepared == "next" else [[b"{}", 4]]


def test_few_events_are_searched_at_a_time(runner: asyncio.Runner) -> None:
    engine: Any = BusyEngine()
    nobody: Any = None
    subscriptions = Subscriptions(engine, nobody, AnswerCache(0))
    event = SimpleNamespace(parts=(b"<", b">"))
    prepared: Any = SimpleNamespace(next="next", event=event)

    def subscription(number: int) -> Subscription:
        key = SubscriptionKey(f"subscription s{number}", None, b"")
        return Subscription(subscriptions, prepared, {}, key, 3)

    async def scene() -> list[tuple[int, bytes | None]]:
        following = (subscription(number).answer_after(3) for number in range(MANY))
        return await asyncio.gather(*following)

    assert runner.run(scene()) == [(4, b"<{}>")] * MANY
    assert engine.asked == 2 * MANY
    assert engine.most == 2

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inTurn } from "./turns";

const NEVER_ENDED = new AbortController().signal;

/** A query whose result the test provides. */
function question() {
  let answer: (text: string) => void = () => undefined;
  let isAsked = false;
  const ask = () => {
    isAsked = true;
    return new Promise<string>((resolve) => (answer = resolve));
  };
  return { ask, isAsked: () => isAsked, answer: (text: string) => answer(text) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Runs all timers, so that each query that can be sent has been sent. */
const settled = () => vi.runAllTimersAsync();

test("a query of a pane is sent once the view is drawn", async () => {
  const [view, counts] = [question(), question()];
  const viewed = inTurn("first", NEVER_ENDED, view.ask);
  const counted = inTurn("after", NEVER_ENDED, counts.ask);
  await settled();
  expect([view.isAsked(), counts.isAsked()]).toEqual([true, false]);
  view.answer("network");
  expect(await viewed).toBe("network");
  expect(counts.isAsked()).toBe(false);
  await settled();
  expect(counts.isAsked()).toBe(true);
  counts.answer("9 of 9");
  expect(await counted).toBe("9 of 9");
});

test("a query that is aborted while it waits is never sent", async () => {
  const [view, counts] = [question(), question()];
  const leaving = new AbortController();
  void inTurn("first", NEVER_ENDED, view.ask);
  const counted = inTurn("after", leaving.signal, counts.ask);
  leaving.abort(new Error("left"));
  view.answer("network");
  await Promise.all([settled(), expect(counted).rejects.toThrow("left")]);
  expect(counts.isAsked()).toBe(false);
});

test("a query of a pane is sent even if the view's query has failed", async () => {
  const counts = question();
  const viewed = inTurn("first", NEVER_ENDED, () => Promise.reject(new Error("away")));
  const counted = inTurn("after", NEVER_ENDED, counts.ask);
  await expect(viewed).rejects.toThrow("away");
  await settled();
  counts.answer("9 of 9");
  expect(await counted).toBe("9 of 9");
});

test("queries of panes are sent one at a time, those with `last` after all others", async () => {
  const [grades, counts, years] = [question(), question(), question()];
  const states = () => [counts, years, grades].map((each) => each.isAsked());
  const answers = [
    inTurn("last", NEVER_ENDED, grades.ask),
    inTurn("after", NEVER_ENDED, counts.ask),
    inTurn("after", NEVER_ENDED, years.ask),
  ];
  await settled();
  expect(states()).toEqual([true, false, false]);
  counts.answer("counts");
  await settled();
  expect(states()).toEqual([true, true, false]);
  years.answer("years");
  await settled();
  expect(states()).toEqual([true, true, true]);
  grades.answer("grades");
  expect(await Promise.all(answers)).toEqual(["grades", "counts", "years"]);
});

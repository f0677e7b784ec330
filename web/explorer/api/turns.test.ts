import { expect, test } from "vitest";
import { inTurn } from "./turns";

const NEVER_ENDED = new AbortController().signal;

/** A question that is answered when the test says so. */
function question() {
  let answer: (text: string) => void = () => undefined;
  let isAsked = false;
  const ask = () => {
    isAsked = true;
    return new Promise<string>((resolve) => (answer = resolve));
  };
  return { ask, isAsked: () => isAsked, answer: (text: string) => answer(text) };
}

test("what stands beside the view is asked when the view is answered", async () => {
  const [view, counts] = [question(), question()];
  const viewed = inTurn("first", NEVER_ENDED, view.ask);
  const counted = inTurn("after", NEVER_ENDED, counts.ask);
  await Promise.resolve();
  expect([view.isAsked(), counts.isAsked()]).toEqual([true, false]);
  view.answer("network");
  expect(await viewed).toBe("network");
  await Promise.resolve();
  expect(counts.isAsked()).toBe(true);
  counts.answer("9 of 9");
  expect(await counted).toBe("9 of 9");
});

test("a question that nobody needs any more is never asked", async () => {
  const [view, counts] = [question(), question()];
  const leaving = new AbortController();
  void inTurn("first", NEVER_ENDED, view.ask);
  const counted = inTurn("after", leaving.signal, counts.ask);
  leaving.abort(new Error("left"));
  view.answer("network");
  await expect(counted).rejects.toThrow("left");
  expect(counts.isAsked()).toBe(false);
});

test("what stands beside does not wait for a view that has failed", async () => {
  const counts = question();
  const viewed = inTurn("first", NEVER_ENDED, () => Promise.reject(new Error("away")));
  const counted = inTurn("after", NEVER_ENDED, counts.ask);
  await expect(viewed).rejects.toThrow("away");
  await Promise.resolve();
  counts.answer("9 of 9");
  expect(await counted).toBe("9 of 9");
});

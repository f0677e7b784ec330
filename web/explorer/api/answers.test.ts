import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askAhead, keyOf, load } from "./answers";

const NEVER_ENDED = new AbortController().signal;
/** The requests sent so far, each with its abort signal and a function that resolves it. */
let requests: { text: string; signal: AbortSignal; answer: (data: unknown) => void }[] = [];

beforeEach(() => {
  requests = [];
  vi.stubGlobal("fetch", (_address: string, { body, signal }: { body: string } & RequestInit) => {
    const { query } = JSON.parse(body) as { query: string };
    return new Promise((resolve, reject) => {
      const answer = (data: unknown) => resolve(new Response(JSON.stringify({ data })));
      signal?.addEventListener("abort", () => reject(new Error("aborted")));
      requests.push({ text: query, signal: signal as AbortSignal, answer });
    });
  });
});
afterEach(() => vi.unstubAllGlobals());

const asked = (text: string) => ({ text, variables: {} });

test("a prefetched query is sent once: neither loading it nor prefetching it again sends it", async () => {
  askAhead(asked("{ahead}"));
  const shown = load(keyOf(asked("{ahead}")), "first", NEVER_ENDED);
  requests[0]?.answer({ ahead: 1 });
  expect(await shown).toEqual({ ahead: 1 });
  askAhead(asked("{ahead}"));
  expect(await load(keyOf(asked("{ahead}")), "first", NEVER_ENDED)).toEqual({ ahead: 1 });
  expect(requests).toHaveLength(1);
});

test("a prefetch is aborted with the component that loads it, or by another prefetch", () => {
  askAhead(asked("{first}"));
  askAhead(asked("{second}"));
  const leaving = new AbortController();
  load(keyOf(asked("{second}")), "first", leaving.signal).catch(() => undefined);
  expect(requests.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  leaving.abort(new Error("left"));
  expect(requests.map(({ signal }) => signal.aborted)).toEqual([true, true]);
});

test("a direction override in a name is replaced, and the other characters keep their offset", async () => {
  askAhead(asked("{name}"));
  const shown = load<{ name: string }>(keyOf(asked("{name}")), "first", NEVER_ENDED);
  requests[0]?.answer({ name: "\u202Elive\u202C" });
  expect((await shown).name).toBe("\u2060live\u202C");
});

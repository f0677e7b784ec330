/**
 * Caches query results and prefetches queries, for all components. This module does not import
 * React: `start.ts` sends the first query before React has loaded.
 */

import { type Asked, ask } from "./client";
import { inTurn, type Turn } from "./turns";

const CHANGED = "allygraph:changed";
const KEPT = 60;
// Results by key: the browser's back and forward buttons show earlier views without a request.
const answers = new Map<string, unknown>();

// Prefetched queries that no component has loaded yet.
const askedAhead = new Map<string, Ahead>();

interface Ahead {
  answer: Promise<unknown>;
  asking: AbortController;
}

/** Returns the cache key of a query: its text and variables as JSON. */
export function keyOf(asked: Asked<unknown>): string {
  return JSON.stringify(asked);
}

/**
 * Prefetches the query that the page is about to show, unless its result is cached or its request
 * is in flight. Aborts an earlier prefetch that no component has loaded.
 */
export function askAhead(asked: Asked<unknown>): void {
  const key = keyOf(asked);
  if (answers.has(key) || askedAhead.has(key)) return;
  dropAhead();
  const asking = new AbortController();
  const answer = inTurn("first", asking.signal, () => ask(asked, asking.signal));
  askedAhead.set(key, { answer, asking });
  // `load` reports the error. Without this handler, the browser would report an unhandled
  // rejection.
  answer.catch(() => undefined);
}

function dropAhead(): void {
  for (const { asking } of askedAhead.values()) asking.abort();
  askedAhead.clear();
}

/** Empties the cache and reloads what the page shows, because the data have changed. */
export function askAgain(): void {
  answers.clear();
  dropAhead();
  window.dispatchEvent(new Event(CHANGED));
}

/**
 * Calls `listener` whenever the data have changed. Returns a function that removes the listener.
 */
export function onChanged(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  return () => window.removeEventListener(CHANGED, listener);
}

/**
 * Returns the result of a query by its key: from the cache, from a prefetch or from a new request.
 */
export async function load<Data>(key: string, turn: Turn, signal: AbortSignal): Promise<Data> {
  const known = answers.get(key) as Data | undefined;
  if (known !== undefined) return known;
  const data = await (taken<Data>(key, signal) ??
    inTurn(turn, signal, () => ask(JSON.parse(key) as Asked<Data>, signal)));
  answers.set(key, data);
  const [oldest] = answers.keys();
  if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest);
  return data;
}

/** Takes over a prefetched request, which `signal` aborts from now on; null if there is none. */
function taken<Data>(key: string, signal: AbortSignal): Promise<Data> | null {
  const ahead = askedAhead.get(key);
  if (!ahead) return null;
  askedAhead.delete(key);
  signal.addEventListener("abort", () => ahead.asking.abort(signal.reason), { once: true });
  return ahead.answer as Promise<Data>;
}

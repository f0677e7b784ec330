/**
 * The answers that the page has or has asked for, whoever shows them. Nothing of React is here: the
 * first question is asked before there is a page.
 */

import { type Asked, ask } from "./client";
import { inTurn, type Turn } from "./turns";

const CHANGED = "allygraph:changed";
const KEPT = 60;
// Back and forward show at once what was shown before.
const answers = new Map<string, unknown>();

// What has been asked before there was anything to show it.
const askedAhead = new Map<string, Ahead>();

interface Ahead {
  answer: Promise<unknown>;
  asking: AbortController;
}

/** Under which an answer is kept. */
export function keyOf(asked: Asked<unknown>): string {
  return JSON.stringify(asked);
}

/** Asks what the page is about to show, unless it is known. What it no longer shows is dropped. */
export function askAhead(asked: Asked<unknown>): void {
  const key = keyOf(asked);
  if (answers.has(key) || askedAhead.has(key)) return;
  dropAhead();
  const asking = new AbortController();
  const answer = inTurn("first", asking.signal, () => ask(asked, asking.signal));
  askedAhead.set(key, { answer, asking });
  // Whoever shows it handles its error.
  answer.catch(() => undefined);
}

function dropAhead(): void {
  for (const { asking } of askedAhead.values()) asking.abort();
  askedAhead.clear();
}

/** Drops all answers, and asks again what the page shows: the data have changed. */
export function askAgain(): void {
  answers.clear();
  dropAhead();
  window.dispatchEvent(new Event(CHANGED));
}

/** Calls when the data have changed. Returns what ends that. */
export function onChanged(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  return () => window.removeEventListener(CHANGED, listener);
}

/** The answer of a question by its key: kept, on its way, or asked now. */
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

/** What was asked ahead, from now on ended by this signal. */
function taken<Data>(key: string, signal: AbortSignal): Promise<Data> | null {
  const ahead = askedAhead.get(key);
  if (!ahead) return null;
  askedAhead.delete(key);
  signal.addEventListener("abort", () => ahead.asking.abort(signal.reason), { once: true });
  return ahead.answer as Promise<Data>;
}

import { useCallback, useEffect, useState } from "react";
import { AskError, type Asked, ask } from "./client";
import { inTurn, type Turn } from "./turns";

/** What is known of an answer. While a new one loads, the one before it stays. */
export interface Answered<Data> {
  data: Data | null;
  error: AskError | null;
  isLoading: boolean;
  retry: () => void;
}

const CHANGED = "allygraph:changed";
const KEPT = 60;
// Back and forward show at once what was shown before.
const answers = new Map<string, unknown>();

// What has been asked before there was anything to show it.
const askedAhead = new Map<string, Promise<unknown>>();

/** Asks what the page is about to show. */
export function askAhead(asked: Asked<unknown>): void {
  const { signal } = new AbortController();
  const answer = inTurn("first", signal, () => ask(asked, signal));
  askedAhead.set(JSON.stringify(asked), answer);
  // Whoever shows it handles its error.
  answer.catch(() => undefined);
}

/** Drops all answers, and asks again what the page shows: the data have changed. */
export function askAgain(): void {
  answers.clear();
  askedAhead.clear();
  window.dispatchEvent(new Event(CHANGED));
}

/** Asks, and asks again when the question or the data change. Null asks nothing. */
export function useAnswer<Data>(asked: Asked<Data> | null, turn: Turn = "first"): Answered<Data> {
  const key = asked && JSON.stringify(asked);
  const [state, setState] = useState<State<Data>>({ key: null, data: null, error: null });
  const [round, setRound] = useState(0);
  const retry = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => {
    window.addEventListener(CHANGED, retry);
    return () => window.removeEventListener(CHANGED, retry);
  }, [retry]);
  useEffect(() => {
    if (key === null) return;
    const aborting = new AbortController();
    load<Data>(key, turn, aborting.signal).then(
      (data) => aborting.signal.aborted || setState({ key, data, error: null }),
      (error: unknown) =>
        aborting.signal.aborted || setState({ key, data: null, error: asError(error) }),
    );
    return () => aborting.abort();
  }, [key, turn, round]);
  return {
    data: key === null ? null : state.data,
    error: state.key === key ? state.error : null,
    isLoading: key !== null && state.key !== key,
    retry,
  };
}

interface State<Data> {
  key: string | null;
  data: Data | null;
  error: AskError | null;
}

async function load<Data>(key: string, turn: Turn, signal: AbortSignal): Promise<Data> {
  const known = answers.get(key) as Data | undefined;
  if (known !== undefined) return known;
  const ahead = askedAhead.get(key) as Promise<Data> | undefined;
  askedAhead.delete(key);
  const data = await (ahead ??
    inTurn(turn, signal, () => ask(JSON.parse(key) as Asked<Data>, signal)));
  answers.set(key, data);
  const [oldest] = answers.keys();
  if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest);
  return data;
}

function asError(error: unknown): AskError {
  return error instanceof AskError ? error : new AskError("ERROR", [String(error)]);
}

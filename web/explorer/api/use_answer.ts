import { useCallback, useEffect, useState } from "react";
import { keyOf, load, onChanged } from "./answers";
import { AskError, type Asked } from "./client";
import type { Turn } from "./turns";

/** The state of a query. While a new result loads, `data` is the previous one. */
export interface Answered<Data> {
  data: Data | null;
  error: AskError | null;
  isLoading: boolean;
  retry: () => void;
}

/**
 * Loads the result of a query, and loads it again when the query or the data change. Null sends
 * nothing.
 */
export function useAnswer<Data>(asked: Asked<Data> | null, turn: Turn = "first"): Answered<Data> {
  const key = asked && keyOf(asked);
  const [state, setState] = useState<State<Data>>({ key: null, data: null, error: null });
  const [round, setRound] = useState(0);
  const retry = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => onChanged(retry), [retry]);
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

function asError(error: unknown): AskError {
  return error instanceof AskError ? error : new AskError("ERROR", [String(error)]);
}

import { useCallback, useMemo, useSyncExternalStore } from "react";
import { addressOf, questionOf } from "./address";
import type { Question } from "./question";

/** Parts of a question, or what makes them of the question as it is then. */
type Parts = Partial<Question> | ((now: Question) => Partial<Question>);

/** Changes some parts of the question. `replace` keeps the address out of the browser's history. */
export type Change = (parts: Parts, replace?: "replace") => void;

const CHANGED = "allygraph:address";

/**
 * The question in the page's address, and a function that changes both. `onChange` is called with
 * the next question before anything shows it.
 */
export function useQuestion(onChange: (next: Question, now: Question) => void): [Question, Change] {
  const query = useSyncExternalStore(subscribe, () => window.location.search);
  const question = useMemo(() => questionOf(query), [query]);
  const change = useCallback<Change>(
    (parts, replace) => {
      // From the address rather than from a render: two changes may come in one event.
      const now = questionOf(window.location.search);
      const next = { ...now, ...(typeof parts === "function" ? parts(now) : parts) };
      const query = addressOf(next);
      if (query === window.location.search) return;
      onChange(next, now);
      const address = query || window.location.pathname;
      if (replace) window.history.replaceState(window.history.state, "", address);
      else window.history.pushState({ isOurs: true }, "", address);
      window.dispatchEvent(new Event(CHANGED));
    },
    [onChange],
  );
  return [question, change];
}

/** Undoes the last change. The page that led here is not gone back to. */
export function goBack(): void {
  const state = window.history.state as { isOurs?: boolean } | null;
  if (state?.isOurs) window.history.back();
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener("popstate", onChange);
  window.addEventListener(CHANGED, onChange);
  return () => {
    window.removeEventListener("popstate", onChange);
    window.removeEventListener(CHANGED, onChange);
  };
}

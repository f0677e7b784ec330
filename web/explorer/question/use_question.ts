import { useCallback, useMemo, useSyncExternalStore } from "react";
import { addressOf, questionOf } from "./address";
import type { Question } from "./question";

/** Parts of a question, or a function that computes them from the current question. */
type Parts = Partial<Question> | ((now: Question) => Partial<Question>);

/** Changes some parts of the question. `replace` adds no entry to the browser's history. */
export type Change = (parts: Parts, replace?: "replace") => void;

const CHANGED = "allygraph:address";

/**
 * Returns the question in the page's address, and a function that changes both. `onChange` is
 * called with the next question before React renders it.
 */
export function useQuestion(onChange: (next: Question, now: Question) => void): [Question, Change] {
  const query = useSyncExternalStore(subscribe, () => window.location.search);
  const question = useMemo(() => questionOf(query), [query]);
  const change = useCallback<Change>(
    (parts, replace) => {
      // Parses the address instead of using the rendered question: one event may cause two changes.
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

/** Undoes the last change, but does not go back to the page that led here. */
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

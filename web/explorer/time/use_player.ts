import { useEffect, useState } from "react";
import type { Change } from "../question/use_question";

const MILLISECONDS_A_YEAR = 900;

interface Range {
  first: number;
  last: number;
  from: number;
  to: number;
  change: Change;
}

/**
 * Plays the years: shows one after the other, from the first to the last, until the user changes
 * the years.
 */
export function usePlayer({ first, last, from, to, change }: Range) {
  /** The year shown last; null while it is stopped. */
  const [year, setYear] = useState<number | null>(null);
  const isPlaying = year !== null && from === year && to === year;
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      if (from >= last) setYear(null);
      else {
        setYear(from + 1);
        change({ from: from + 1, to: from + 1 }, "replace");
      }
    }, MILLISECONDS_A_YEAR);
    return () => clearTimeout(timer);
  }, [isPlaying, from, last, change]);
  const toggle = () => {
    setYear(isPlaying ? null : first);
    if (!isPlaying) change({ from: first, to: first });
  };
  return { isPlaying, toggle };
}

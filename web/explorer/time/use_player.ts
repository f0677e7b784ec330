import { useEffect, useState } from "react";
import type { Change } from "../question/use_question";

const MILLISECONDS_A_YEAR = 900;

interface Range {
  first: number;
  last: number;
  from: number;
  change: Change;
}

/** Shows one year after the other, from the first to the last. */
export function usePlayer({ first, last, from, change }: Range) {
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      if (from >= last) setPlaying(false);
      else change({ from: from + 1, to: from + 1 }, "replace");
    }, MILLISECONDS_A_YEAR);
    return () => clearTimeout(timer);
  }, [isPlaying, from, last, change]);
  const toggle = () => {
    if (!isPlaying) change({ from: first, to: first });
    setPlaying(!isPlaying);
  };
  return { isPlaying, toggle };
}

import { useCallback, useState } from "react";
import { keep, kept } from "../api/kept";

const SEEN = "story";

/**
 * Whether the story is open. It opens by itself only on the first visit, and only if the address
 * has no question.
 */
export function useStory() {
  const [isTold, setTold] = useState(
    () => window.location.search === "" && kept("browser", SEEN) === "",
  );
  const tell = useCallback(() => setTold(true), []);
  const end = useCallback(() => {
    keep("browser", SEEN, "seen");
    setTold(false);
  }, []);
  return { isTold, tell, end };
}

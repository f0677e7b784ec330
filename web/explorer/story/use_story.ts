import { useCallback, useState } from "react";
import { keep, kept } from "../api/kept";

const SEEN = "story";

/**
 * Whether the story is told: by itself on the first visit only, and only to those who came for no
 * question of their own.
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

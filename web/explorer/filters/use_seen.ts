import { type RefObject, useEffect, useRef, useState } from "react";

/** A mark on the page, and whether a person has had it in sight. */
export function useSeen<Type extends Element>(): [RefObject<Type | null>, boolean] {
  const mark = useRef<Type>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!mark.current || isSeen) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) setSeen(true);
    });
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [isSeen]);
  return [mark, isSeen];
}

import { type RefObject, useEffect, useRef, useState } from "react";

/** Returns a ref for an element, and whether that element has been visible yet. */
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

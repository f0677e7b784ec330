import { type RefObject, useEffect, useRef } from "react";

/**
 * Moves the focus to the view when what had it is gone, such as a button that closes what it stands
 * in: the keyboard would begin again at the top of the page.
 */
export function useFocusKept(view: RefObject<HTMLElement | null>): void {
  const focused = useRef<Element | null>(null);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      focused.current = target instanceof Element ? target : null;
    };
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, []);
  // Whatever has changed: each change of the question draws the page again.
  useEffect(() => {
    if (document.activeElement !== document.body || !focused.current) return;
    const isGone = focused.current.getClientRects().length === 0;
    if (isGone) view.current?.focus({ preventScroll: true });
  });
}

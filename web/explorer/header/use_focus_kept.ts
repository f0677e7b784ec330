import { type RefObject, useEffect, useRef } from "react";

/**
 * Moves the focus to the view when the focused element has disappeared, such as a button that
 * closes its own pane: otherwise the keyboard would start again at the top of the page.
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
  // Without dependencies: any render may remove the focused element.
  useEffect(() => {
    if (document.activeElement !== document.body || !focused.current) return;
    const isGone = focused.current.getClientRects().length === 0;
    if (isGone) view.current?.focus({ preventScroll: true });
  });
}

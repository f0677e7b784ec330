import { useEffect } from "react";
import type { Change } from "../question/use_question";
import { VIEWS } from "../question/question";

export const SEARCH_ID = "search";
export const MENU_ID = "menu";

/**
 * The keyboard shortcuts of the page, except in text fields and dialogs. `close` closes the panes
 * beside or over the view.
 */
export function useKeys(change: Change, close: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isInDialog(event.target)) return;
      // The browser closes an open popover on Escape; nothing else must close with it.
      if (event.key === "Escape" && document.querySelector(":popover-open")) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const view = VIEWS[Number(event.key) - 1];
      if (event.key === "/") document.getElementById(SEARCH_ID)?.focus();
      else if (event.key === "?") document.getElementById(MENU_ID)?.showPopover();
      else if (event.key === "Escape") close();
      else if (view) change({ view });
      else return;
      if (event.key !== "Escape") event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [change, close]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches("input:not([type=checkbox]), select, textarea")
  );
}

/** A dialog handles its own keys. */
function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("dialog") !== null;
}

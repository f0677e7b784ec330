/** Stores texts in the browser. If the user has blocked storage, nothing is stored. */

/** `session`: until the tab is closed. `browser`: until the user clears the storage. */
type Where = "session" | "browser";

export function kept(where: Where, name: string): string {
  try {
    return storage(where).getItem(keyOf(name)) ?? "";
  } catch {
    return "";
  }
}

/** Stores a text; an empty text removes the entry. */
export function keep(where: Where, name: string, text: string): void {
  try {
    if (text) storage(where).setItem(keyOf(name), text);
    else storage(where).removeItem(keyOf(name));
  } catch {
    // Storage is blocked: the page starts without the value at the next visit.
  }
}

function storage(where: Where): Storage {
  return where === "session" ? window.sessionStorage : window.localStorage;
}

function keyOf(name: string): string {
  return `allygraph:${name}`;
}

/** What the browser keeps for the page. Where a person does not allow that, nothing is kept. */

/** `session`: until the tab is closed. `browser`: until a person clears it. */
type Where = "session" | "browser";

export function kept(where: Where, name: string): string {
  try {
    return storage(where).getItem(keyOf(name)) ?? "";
  } catch {
    return "";
  }
}

/** An empty text is kept as nothing. */
export function keep(where: Where, name: string, text: string): void {
  try {
    if (text) storage(where).setItem(keyOf(name), text);
    else storage(where).removeItem(keyOf(name));
  } catch {
    // Asked again next time.
  }
}

function storage(where: Where): Storage {
  return where === "session" ? window.sessionStorage : window.localStorage;
}

function keyOf(name: string): string {
  return `allygraph:${name}`;
}

/** Names as they are drawn: one line that cannot disturb what is beside it. */

// Marks that turn the direction of the text after them, and characters that nothing draws.
const DISTURBING = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** The name without what would turn the text around it, cut to a length in characters. */
export function drawnName(name: string, longest = 36): string {
  const clean = name.replace(DISTURBING, "").trim();
  const characters = [...clean];
  return characters.length <= longest ? clean : `${characters.slice(0, longest - 1).join("")}…`;
}

/** Names as they are drawn: one line that cannot disturb what is beside it. */

// Marks that turn the direction of the text after them, and characters that nothing draws.
const DISTURBING = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069]/gu;
// Marks on one letter beyond what any script needs: these grow over the lines above and below.
const STACKED = /(\p{M}{4})\p{M}+/gu;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const [ISOLATED, ISOLATED_END] = ["\u2068", "\u2069"];

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Whether a text still fits, such as within a number of characters or of pixels. */
export type Fits = (text: string) => boolean;

/** The name without what would turn the text around it, cut where it no longer fits. */
export function drawnName(name: string, fits: Fits = within(36)): string {
  const clean = name.replace(DISTURBING, "").replace(STACKED, "$1").trim();
  const text = cut(clean, fits);
  // Of itself, so that the dots stand where it ends.
  return RIGHT_TO_LEFT.test(text) ? `${ISOLATED}${text}${ISOLATED_END}` : text;
}

/** At most so many characters, as a person counts them. */
export function within(longest: number): Fits {
  return (text) => text.length <= longest || [...characters.segment(text)].length <= longest;
}

function cut(text: string, fits: Fits): string {
  if (fits(text)) return text;
  const all = [...characters.segment(text)].map(({ segment }) => segment);
  let [fitting, longest] = [0, all.length];
  while (fitting < longest) {
    const middle = Math.ceil((fitting + longest) / 2);
    if (fits(dotted(all, middle))) fitting = middle;
    else longest = middle - 1;
  }
  return dotted(all, fitting);
}

function dotted(all: readonly string[], length: number): string {
  return `${all.slice(0, length).join("").trimEnd()}…`;
}

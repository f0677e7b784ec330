/** Prepares names for drawing: one line that cannot affect the text beside it. */

// Direction controls, which affect the text after them, and invisible characters.
const DISTURBING = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069]/gu;
// More combining marks on one letter than any script needs, which would grow over the lines above
// and below.
const STACKED = /(\p{M}{4})\p{M}+/gu;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const [ISOLATED, ISOLATED_END] = ["\u2068", "\u2069"];

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Whether a text fits, such as within a number of characters or of pixels. */
export type Fits = (text: string) => boolean;

/** Removes direction controls from a name, and shortens it until it fits. */
export function drawnName(name: string, fits: Fits = within(36)): string {
  const clean = name.replace(DISTURBING, "").replace(STACKED, "$1").trim();
  const text = cut(clean, fits);
  // Isolated, so that the ellipsis stands at the end of the name.
  return RIGHT_TO_LEFT.test(text) ? `${ISOLATED}${text}${ISOLATED_END}` : text;
}

/** Accepts texts of at most so many user-perceived characters (grapheme clusters). */
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

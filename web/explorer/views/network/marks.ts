/** What is marked in a drawing, and whether it is in the window. */

import type { Point } from "./layout";
import { pointAt, type Scene } from "./scene";

/** The marked actor and lines: selected, under the pointer, or reached by the keyboard. */
export interface Marks {
  actor: string | null;
  lines: ReadonlySet<string>;
}

/** The fractions of a line at which it is looked for in the window, the middle first. */
const SHARES = [0.5, 0, 0.25, 0.75, 1];

/**
 * Returns the middle of what is marked if all of it is outside a window of this size; otherwise
 * null.
 */
export function hiddenMiddle(
  { actors, lines }: Scene,
  marks: Marks,
  width: number,
  height: number,
): Point | null {
  const actor = actors.find(({ slug }) => slug === marks.actor);
  const ofLines = lines.filter(({ line }) => marks.lines.has(line.key));
  const points = [
    ...(actor ? [actor] : []),
    ...ofLines.flatMap((line) => SHARES.map((share) => pointAt(line, share))),
  ];
  const isInside = ({ x, y }: Point) => x >= 0 && x <= width && y >= 0 && y <= height;
  return points.some(isInside) ? null : (points[0] ?? null);
}

/** Converts paths to the text of an SVG file. */

import type { Pen } from "./strokes";

/** Returns what `trace` draws with a pen, as the text of an SVG path. */
export function pathText(trace: (pen: Pen) => void): string {
  const steps: string[] = [];
  trace({
    moveTo: (x, y) => steps.push(`M${x} ${y}`),
    lineTo: (x, y) => steps.push(`L${x} ${y}`),
    quadraticCurveTo: (cx, cy, x, y) => steps.push(`Q${cx} ${cy} ${x} ${y}`),
    closePath: () => steps.push("z"),
  });
  return steps.join("");
}

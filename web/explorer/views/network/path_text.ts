/** A path as the text that an SVG file has of it. */

import type { Pen } from "./strokes";

/** What a pen draws, as text. */
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

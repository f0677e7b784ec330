/** Determines the stroke of a line: by its kind, its phase, and how certain it is. */

import { PHASE_LINES } from "../../filters/phase_mark";
import type { Palette } from "../palette";
import type { Point } from "./layout";
import { along, type SceneLine } from "./scene";

export interface Stroke {
  colour: string;
  width: number;
  dashes: number[];
  opacity: number;
}

/**
 * Returns the stroke of a line. Possible lines are faint, and lines that are not highlighted are
 * fainter still.
 */
export function strokeOf(
  { line, width }: SceneLine,
  palette: Palette,
  widest: number,
  isFaded: boolean,
): Stroke {
  const phase = PHASE_LINES[line.phase];
  const opacity = (line.isPossible ? 0.4 : 0.9) * (isFaded ? 0.2 : 1);
  return {
    colour: palette.hues[line.hue],
    // Rounded to half pixels, so that similar lines are stroked together.
    width: Math.min(Math.round(phase.width * width * 2) / 2, widest),
    dashes: phase.dashes,
    opacity,
  };
}

/** The opacity of a line at fractions of its length, from the supporter: [fraction, opacity]. */
export type Fade = readonly (readonly [offset: number, opacity: number])[];

/** Returns the fade of a censored line towards that end; null for any other line. */
export function fadeOf({ line }: SceneLine): Fade | null {
  const { isStartCensored, isEndCensored } = line;
  if (!isStartCensored && !isEndCensored) return null;
  return [
    [0, isStartCensored ? 0 : 1],
    [0.35, 1],
    [0.65, 1],
    // The arrowhead does not fade, so the direction stays visible.
    [1, isEndCensored ? 0 : 1],
  ];
}

/** A piece of a fading line: from one fraction of its length to another, and its opacity. */
export interface FadedPart {
  from: number;
  to: number;
  opacity: number;
}

/**
 * The number of pieces of a fade. The pieces of the same opacity of many lines are stroked
 * together.
 */
const PIECES = 4;

/**
 * Splits a fade into pieces of constant opacity. A gradient fits only one line, and one for each of
 * many lines would be slow.
 */
export function fadedParts(fade: Fade): FadedPart[] {
  return fade.slice(1).flatMap(([to, last], place) => {
    const [from, first] = fade[place] ?? [0, 1];
    const pieces = first === last ? 1 : PIECES;
    return Array.from({ length: pieces }, (_, piece) => {
      const at = (share: number) => from + ((to - from) * share) / pieces;
      const opacity = first + ((last - first) * (piece + 0.5)) / pieces;
      return { from: at(piece), to: at(piece + 1), opacity };
    });
  });
}

/**
 * The methods that draw a line: those of a `Path2D`, or those that write the path of an SVG file.
 */
export type Pen = Pick<Path2D, "moveTo" | "lineTo" | "quadraticCurveTo" | "closePath">;

/** Draws the curve between the bases of its arrowheads. */
export function traceLine(pen: Pen, line: SceneLine): void {
  const [start, control, end] = curveOf(line);
  pen.moveTo(start.x, start.y);
  pen.quadraticCurveTo(control.x, control.y, end.x, end.y);
}

/** Draws the curve from one fraction of its length to another. */
export function tracePart(pen: Pen, line: SceneLine, from: number, to: number): void {
  const [first, middle, last] = curveOf(line);
  const at = (s: number, t: number): Point => {
    const [a, b, c] = [(1 - s) * (1 - t), s * (1 - t) + t * (1 - s), s * t];
    return {
      x: a * first.x + b * middle.x + c * last.x,
      y: a * first.y + b * middle.y + c * last.y,
    };
  };
  const [start, control, end] = [at(from, from), at(from, to), at(to, to)];
  pen.moveTo(start.x, start.y);
  pen.quadraticCurveTo(control.x, control.y, end.x, end.y);
}

/** The three points of the curve between the bases of its arrowheads. */
function curveOf({ start, control, end, out, into, head, line }: SceneLine): [Point, Point, Point] {
  const from = line.isMutual ? along(start, out, head - 2) : start;
  return [from, control, along(end, into, 2 - head)];
}

/** Draws the arrowheads: one, or two for a mutual support. */
export function traceHeads(pen: Pen, { start, end, out, into, head, line }: SceneLine): void {
  traceHead(pen, end, into, head);
  if (line.isMutual) traceHead(pen, start, { x: -out.x, y: -out.y }, head);
}

function traceHead(pen: Pen, tip: Point, way: Point, length: number): void {
  const base = along(tip, way, -length);
  const [dx, dy] = [(-way.y * length) / 2, (way.x * length) / 2];
  pen.moveTo(tip.x, tip.y);
  pen.lineTo(base.x + dx, base.y + dy);
  pen.lineTo(base.x - dx, base.y - dy);
  pen.closePath();
}

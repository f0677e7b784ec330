/** Chooses the labels that fit on the map: the most important first, none over another. */

import type { Point } from "./arc";

export interface Label {
  key: string;
  text: string;
  at: Point;
}

/** The average width of a character and the height of a line, in pixels. */
const CHARACTER = 7;
const LINE = 15;

/**
 * Returns the labels that do not overlap a more important one. The input has the most important
 * first.
 */
export function fitting<Each extends Label>(labels: readonly Each[]): Each[] {
  const placed: Each[] = [];
  for (const label of labels) {
    if (!placed.some((other) => overlap(label, other))) placed.push(label);
  }
  return placed;
}

/** Returns the x coordinate of a label's middle at which the whole label is within the width. */
export function inside({ text, at }: Label, width: number): number {
  const half = (CHARACTER * text.length) / 2;
  return Math.max(Math.min(at[0], width - half), half);
}

function overlap(one: Label, other: Label): boolean {
  const width = (CHARACTER * (one.text.length + other.text.length)) / 2;
  return Math.abs(one.at[0] - other.at[0]) < width && Math.abs(one.at[1] - other.at[1]) < LINE;
}

/** Which names find room on the map: the most important first, none over another. */

import type { Point } from "./arc";

export interface Label {
  key: string;
  text: string;
  at: Point;
}

/** Pixels: what a character is wide on average, and a line is high. */
const CHARACTER = 7;
const LINE = 15;

/** The labels that fit, of a list with the most important first. */
export function fitting<Each extends Label>(labels: readonly Each[]): Each[] {
  const placed: Each[] = [];
  for (const label of labels) {
    if (!placed.some((other) => overlap(label, other))) placed.push(label);
  }
  return placed;
}

/** Where the middle of a label is that begins and ends within a width. */
export function inside({ text, at }: Label, width: number): number {
  const half = (CHARACTER * text.length) / 2;
  return Math.max(Math.min(at[0], width - half), half);
}

function overlap(one: Label, other: Label): boolean {
  const width = (CHARACTER * (one.text.length + other.text.length)) / 2;
  return Math.abs(one.at[0] - other.at[0]) < width && Math.abs(one.at[1] - other.at[1]) < LINE;
}

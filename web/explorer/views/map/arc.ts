/**
 * The shape of an arc: a curve that bends to the left of its direction, with an arrowhead at its
 * end.
 */

export type Point = readonly [number, number];

export interface Arc {
  /** Path of the curve, for SVG. */
  line: string;
  /** Path of the arrowhead, a triangle. */
  head: string;
  /** Returns the point at a fraction of the curve, from 0 to 1. */
  at: (part: number) => Point;
}

/** Pixels between the ends of an arc and the middles of its countries. */
const GAP = 6;

/**
 * `bend`: the distance of the curve's middle from the straight line, as a fraction of that line's
 * length.
 */
export function arcOf(from: Point, to: Point, bend: number, width: number): Arc {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const control: Point = [
    (from[0] + to[0]) / 2 + 2 * bend * dy,
    (from[1] + to[1]) / 2 - 2 * bend * dx,
  ];
  const size = 4 + 2 * width;
  const start = towards(from, control, GAP);
  const tip = towards(to, control, GAP);
  const base = towards(tip, control, size);
  const [ux, uy] = [(tip[0] - base[0]) / size, (tip[1] - base[1]) / size];
  const half = size / 2.2;
  const left: Point = [base[0] - uy * half, base[1] + ux * half];
  const right: Point = [base[0] + uy * half, base[1] - ux * half];
  return {
    line: `M${text(start)}Q${text(control)} ${text(base)}`,
    head: `M${text(tip)}L${text(left)}L${text(right)}Z`,
    at: (part) => {
      const along = (place: 0 | 1) =>
        (1 - part) ** 2 * start[place] +
        2 * part * (1 - part) * control[place] +
        part ** 2 * tip[place];
      return [along(0), along(1)];
    },
  };
}

/** Returns the point at a distance from one point towards the other, at most half the way. */
function towards(one: Point, other: Point, distance: number): Point {
  const [dx, dy] = [other[0] - one[0], other[1] - one[1]];
  const length = Math.hypot(dx, dy);
  const part = length === 0 ? 0 : Math.min(distance / length, 0.5);
  return [one[0] + dx * part, one[1] + dy * part];
}

function text([x, y]: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

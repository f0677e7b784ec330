/** Finds what is under the pointer. */

import type { Point } from "./layout";
import { pointAt, type Scene, type SceneActor, type SceneLine } from "./scene";

export type Hit = { actor: SceneActor } | { line: SceneLine } | null;

/** The maximum distance from a line to the pointer, in pixels: fingers are imprecise. */
const NEAR = 7;
const SAMPLES = 14;

/** The actor at a point, or else the nearest line. */
export function hitAt({ actors, lines }: Scene, at: Point): Hit {
  // Actors drawn last are on top.
  const actor = actors.findLast(({ x, y, radius }) => Math.hypot(x - at.x, y - at.y) <= radius + 4);
  if (actor) return { actor };
  let nearest: SceneLine | undefined;
  let least = NEAR;
  for (const line of lines) {
    if (isFar(line, at)) continue;
    const distance = distanceTo(line, at);
    if (distance < least) [nearest, least] = [line, distance];
  }
  return nearest ? { line: nearest } : null;
}

/** Whether a point is outside the box of a curve's three points. */
function isFar({ start, control, end }: SceneLine, { x, y }: Point): boolean {
  return (
    x < Math.min(start.x, control.x, end.x) - NEAR ||
    x > Math.max(start.x, control.x, end.x) + NEAR ||
    y < Math.min(start.y, control.y, end.y) - NEAR ||
    y > Math.max(start.y, control.y, end.y) + NEAR
  );
}

function distanceTo(line: SceneLine, at: Point): number {
  let least = Number.POSITIVE_INFINITY;
  let from = pointAt(line, 0);
  for (let index = 1; index <= SAMPLES; index += 1) {
    const to = pointAt(line, index / SAMPLES);
    least = Math.min(least, distanceToSegment(from, to, at));
    from = to;
  }
  return least;
}

function distanceToSegment(from: Point, to: Point, at: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy || 1;
  const share = ((at.x - from.x) * dx + (at.y - from.y) * dy) / length;
  const near = Math.min(Math.max(share, 0), 1);
  return Math.hypot(from.x + dx * near - at.x, from.y + dy * near - at.y);
}

/**
 * Keyboard navigation in a network: from line to line around an actor, and across a line to the
 * other actor.
 */

import type { Line } from "./lines";
import type { Scene } from "./scene";

/** The position of the keyboard: at an actor, or on one of its lines. */
export interface Walk {
  actor: string;
  line: Line | null;
}

/**
 * Moves one step in the direction of an arrow key. Returns the same position for other keys, and if
 * the actor has no lines.
 */
export function step(scene: Scene, walk: Walk, key: string): Walk {
  const around = linesAround(scene, walk.actor);
  const index = around.findIndex((line) => line.key === walk.line?.key);
  const turn = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
  if (turn === undefined || around.length === 0) return walk;
  const next = index < 0 ? (turn > 0 ? 0 : -1) : (index + turn) % around.length;
  return { ...walk, line: around.at(next) ?? null };
}

/** Moves across the line to the actor at its other end. */
export function cross({ actor, line }: Walk): Walk {
  if (!line) return { actor, line };
  return { actor: line.source === actor ? line.target : line.source, line: null };
}

/** Returns the lines of an actor, clockwise as they are drawn. */
function linesAround({ actors, lines }: Scene, slug: string): Line[] {
  const place = new Map(actors.map((actor) => [actor.slug, actor]));
  const own = place.get(slug);
  if (!own) return [];
  const angle = (line: Line) => {
    const other = place.get(line.source === slug ? line.target : line.source);
    return other ? Math.atan2(other.y - own.y, other.x - own.x) : 0;
  };
  return lines
    .map(({ line }) => line)
    .filter((line) => line.source === slug || line.target === slug)
    .sort((a, b) => angle(a) - angle(b) || a.lane - b.lane || (a.key < b.key ? -1 : 1));
}

/** Places labels: beside what they name, and never over one another. */

import { drawnName } from "../../text/names";
import type { Point } from "./layout";
import { pointAt, type Scene, type SceneActor, type SceneLine } from "./scene";

export interface Label extends Point {
  text: string;
  /** Width of the text, in pixels. */
  width: number;
  /** In radians; such that the text reads from left to right. */
  angle: number;
  of: "actor" | "line";
  /** Slug of the actor, or key of the line. */
  key: string;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Limits {
  width: number;
  height: number;
  /** Width of a text in pixels. */
  measure: (text: string, of: Label["of"]) => number;
}

const HEIGHT = 16;
/** The size of the corner at the top right that the tools cover, in pixels. */
const TOOLS = { width: 56, height: 184 };
const MOST_LINE_LABELS = 160;
const CROWD = 60;
/**
 * The area of the window, in square pixels, for each name of a crowd: more names would hide the
 * actors.
 */
const ROOM = 9000;

/** The gap in a line behind its label, relative to the label's middle, in pixels. */
export function gapOf({ width }: Label) {
  return { x: -width / 2 - 3, y: -7, width: width + 6, height: 14 };
}

/** Places the labels, the most important first. A label that does not fit is left out. */
export function placeLabels(scene: Scene, first: ReadonlySet<string>, limits: Limits): Label[] {
  // In a crowd, labels may cover small actors: otherwise the largest actors would have no label.
  const isCrowd = scene.actors.length > CROWD;
  const tools = {
    left: limits.width - TOOLS.width,
    top: 0,
    right: limits.width,
    bottom: TOOLS.height,
  };
  const taken = isCrowd ? [] : scene.actors.map(({ x, y, radius }) => boxAt(x, y, radius, radius));
  taken.push(tools);
  const labels: Label[] = [];
  const most = isCrowd ? Math.ceil((limits.width * limits.height) / ROOM) : scene.actors.length;
  const weight = (actor: SceneActor) => actor.radius + (first.has(actor.slug) ? 1000 : 0);
  for (const actor of scene.actors.toSorted((a, b) => weight(b) - weight(a))) {
    if (labels.length >= most) break;
    const label = actorLabel(actor, taken, limits, first.has(actor.slug));
    if (label) labels.push(label);
  }
  for (const line of scene.lines.slice(0, MOST_LINE_LABELS)) {
    const label = lineLabel(line, taken, limits);
    if (label) labels.push(label);
  }
  return labels;
}

function actorLabel(
  actor: SceneActor,
  taken: Box[],
  { measure, width, height }: Limits,
  isForced: boolean,
): Label | null {
  const text = drawnName(actor.name);
  const half = measure(text, "actor") / 2 + 2;
  const beside = actor.radius + half + 6;
  const beyond = actor.radius + HEIGHT / 2 + 3;
  const places: Point[] = [
    { x: actor.x, y: actor.y + beyond },
    { x: actor.x, y: actor.y - beyond },
    { x: actor.x + beside, y: actor.y },
    { x: actor.x - beside, y: actor.y },
  ];
  const isInside = ({ x, y }: Point) =>
    x - half > 0 && x + half < width && y > HEIGHT / 2 && y < height - HEIGHT / 2;
  const free = places.find(
    (place) => isInside(place) && isFree([boxAt(place.x, place.y, half, HEIGHT / 2)], taken),
  );
  const place = free ?? (isForced ? places[0] : undefined);
  if (!place) return null;
  taken.push(boxAt(place.x, place.y, half, HEIGHT / 2));
  return { ...place, text, width: 2 * half, angle: 0, of: "actor", key: actor.slug };
}

function lineLabel(line: SceneLine, taken: Box[], { measure }: Limits): Label | null {
  const { start, end } = line;
  const text = line.line.label;
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  const width = measure(text, "line");
  if (width + 44 > length) return null;
  const angle = upright(Math.atan2(end.y - start.y, end.x - start.x));
  const share = [0.5, 0.38, 0.62].find((at) => isFree(boxesAlong(line, at, width, angle), taken));
  if (share === undefined) return null;
  taken.push(...boxesAlong(line, share, width, angle));
  return { ...pointAt(line, share), text, width, angle, of: "line", key: line.line.key };
}

/**
 * Covers a rotated text with small boxes in a row: a single box around it would take far more room.
 */
function boxesAlong(line: SceneLine, share: number, width: number, angle: number): Box[] {
  const middle = pointAt(line, share);
  const count = Math.max(Math.ceil(width / HEIGHT), 1);
  return Array.from({ length: count }, (_, index) => {
    const along = ((index + 0.5) / count - 0.5) * width;
    const half = HEIGHT / 2 - 2;
    return boxAt(
      middle.x + Math.cos(angle) * along,
      middle.y + Math.sin(angle) * along,
      half,
      half,
    );
  });
}

function upright(angle: number): number {
  if (angle > Math.PI / 2) return angle - Math.PI;
  return angle < -Math.PI / 2 ? angle + Math.PI : angle;
}

function boxAt(x: number, y: number, half: number, high: number): Box {
  return { left: x - half, top: y - high, right: x + half, bottom: y + high };
}

function isFree(boxes: Box[], taken: Box[]): boolean {
  return boxes.every((box) =>
    taken.every(
      (other) =>
        box.right < other.left ||
        box.left > other.right ||
        box.bottom < other.top ||
        box.top > other.bottom,
    ),
  );
}

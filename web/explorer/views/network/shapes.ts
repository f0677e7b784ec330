/** The outline of an actor, which shows its kind; its colour does not. */

import type { Point } from "./layout";
import type { SceneActor } from "./scene";

type Outline = "circle" | "square" | "diamond";

const OUTLINES: Record<SceneActor["kind"], Outline> = {
  STATE: "circle",
  ORGANISATION: "square",
  GOVERNMENT_BODY: "square",
  ARMED_GROUP: "diamond",
  RESEARCH_INSTITUTE: "square",
  NEWS_OUTLET: "square",
  PERSON: "circle",
};

/** The methods that draw the outline: those of a canvas context or of a `Path2D`. */
type Pen = Pick<Path2D, "moveTo" | "lineTo" | "arc" | "closePath">;

/** Returns the outline around a point as the path of an SVG file. */
export function outline(kind: SceneActor["kind"], x: number, y: number, radius: number): string {
  const corners = cornersOf(kind, x, y, radius);
  if (corners) return `M${corners.map(({ x, y }) => `${x} ${y}`).join("L")}z`;
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0z`;
}

/**
 * Draws the same outline with a pen. Without path text, which the canvas would have to parse for
 * each of thousands of actors.
 */
export function traceOutline(
  pen: Pen,
  kind: SceneActor["kind"],
  x: number,
  y: number,
  radius: number,
): void {
  const corners = cornersOf(kind, x, y, radius);
  if (corners) {
    corners.forEach((corner, place) =>
      place === 0 ? pen.moveTo(corner.x, corner.y) : pen.lineTo(corner.x, corner.y),
    );
  } else pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.closePath();
}

/** Returns the corners of the outline; null for a circle. */
function cornersOf(kind: SceneActor["kind"], x: number, y: number, radius: number): Point[] | null {
  switch (OUTLINES[kind]) {
    case "square": {
      const half = (radius * 1.75) / 2;
      const [left, right, top, bottom] = [x - half, x + half, y - half, y + half];
      return [
        { x: left, y: top },
        { x: right, y: top },
        { x: right, y: bottom },
        { x: left, y: bottom },
      ];
    }
    case "diamond": {
      const reach = radius * 1.2;
      return [
        { x, y: y - reach },
        { x: x + reach, y },
        { x, y: y + reach },
        { x: x - reach, y },
      ];
    }
    default:
      return null;
  }
}

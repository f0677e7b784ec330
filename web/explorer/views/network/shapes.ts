/** The outline of an actor by its kind: colour says nothing about it. */

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

/** The path of an outline around a point, as SVG writes it and a canvas reads it. */
export function outline(kind: SceneActor["kind"], x: number, y: number, radius: number): string {
  switch (OUTLINES[kind]) {
    case "square": {
      const side = radius * 1.75;
      return `M${x - side / 2} ${y - side / 2}h${side}v${side}h${-side}z`;
    }
    case "diamond": {
      const reach = radius * 1.2;
      return `M${x} ${y - reach}l${reach} ${reach}l${-reach} ${reach}l${-reach} ${-reach}z`;
    }
    default:
      return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0z`;
  }
}

/** Computes the arcs of an edge, one for each colour, with the labels of their kinds. */

import { PHASE_LINES } from "../../filters/phase_mark";
import type { Hue, KindTree } from "../../kinds/kinds";
import type { FoldedEdge } from "../folded_edge";
import { type Arc, arcOf, type Point } from "./arc";

export interface Shape extends Arc {
  hue: Hue;
  width: number;
  dashes: string;
  /** Where the label of its kind goes. */
  label: { text: string; at: Point };
}

const BEND = 0.14;
const BEND_APART = 0.08;
const MOST_APART = 4;
/**
 * The label of each of the parallel arcs is at another fraction of its curve, so that they do not
 * overlap.
 */
const LABEL_AT = [0.5, 0.4, 0.6, 0.3];

/**
 * `share`: the number of supports as a fraction of that of the strongest edge. `isApart`: whether
 * each colour has its own arc, or one arc in the colour with the most supports stands for all.
 */
export function shapesOf(
  edge: FoldedEdge,
  [from, to]: [Point, Point],
  share: number,
  isApart: boolean,
  kinds: KindTree,
): Shape[] {
  const width = 1 + (isApart ? 1.9 : 1.2) * Math.sqrt(share);
  return edge.hues.slice(0, isApart ? MOST_APART : 1).map(([hue], place) => {
    const arc = arcOf(from, to, BEND + BEND_APART * place, width);
    const kind = edge.kinds.find((each) => kinds.hue(each) === hue) ?? "";
    return {
      ...arc,
      hue,
      width,
      dashes: PHASE_LINES[edge.phases.get(hue) ?? "DELIVERED"].dashes.join(" "),
      label: { text: kinds.label(kind), at: arc.at(LABEL_AT[place] ?? 0.5) },
    };
  });
}

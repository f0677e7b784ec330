/**
 * Folds the kinds and phases of a network's edge into one, as a cell of the matrix or an arc of the
 * map shows it.
 */

import type { Hue, KindTree } from "../kinds/kinds";
import { PHASES, type Phase } from "../question/question";
import { words } from "../words";
import type { NetworkEdge } from "./network/network_query";

export interface FoldedEdge {
  supporter: string;
  recipient: string;
  certain: number;
  possible: number;
  contested: boolean;
  /** All kinds, the one with the most supports first. */
  kinds: string[];
  /** The number of supports in each colour. */
  hues: [Hue, number][];
  /** The phase nearest to delivery in each colour. */
  phases: ReadonlyMap<Hue, Phase>;
}

type Part = Pick<
  NetworkEdge["parts"][number],
  "kind" | "phase" | "certain" | "possible" | "contested"
>;

export function foldedEdge(
  edge: Pick<NetworkEdge, "supporter" | "recipient"> & { parts: readonly Part[] },
  kinds: KindTree,
): FoldedEdge {
  const { supporter, recipient, parts } = edge;
  const byKind = new Map<string, number>();
  const byHue = new Map<Hue, number>();
  const phases = new Map<Hue, Phase>();
  const sums = { certain: 0, possible: 0, contested: false };
  for (const { kind, phase, certain, possible, contested } of parts) {
    const supports = certain + possible;
    const hue = kinds.hue(kind);
    byKind.set(kind, (byKind.get(kind) ?? 0) + supports);
    byHue.set(hue, (byHue.get(hue) ?? 0) + supports);
    phases.set(hue, furthest(phase, phases.get(hue) ?? phase));
    sums.certain += certain;
    sums.possible += possible;
    sums.contested ||= contested;
  }
  return {
    ...sums,
    supporter: supporter.slug,
    recipient: recipient.slug,
    kinds: mostFirst(byKind).map(([kind]) => kind),
    hues: mostFirst(byHue),
    phases,
  };
}

function furthest(one: Phase, other: Phase): Phase {
  return PHASES.indexOf(one) > PHASES.indexOf(other) ? one : other;
}

/** Describes in words all that a cell or an arc shows by its colours and marks. */
export function edgeText(
  edge: FoldedEdge,
  names: ReadonlyMap<string, string>,
  kinds: KindTree,
): string {
  const { supporter, recipient, certain, possible, contested } = edge;
  return words.edge({
    from: names.get(supporter) ?? supporter,
    to: names.get(recipient) ?? recipient,
    certain,
    possible,
    kinds: edge.kinds.map((kind) => kinds.label(kind)),
    contested,
  });
}

function mostFirst<Key extends string>(numbers: ReadonlyMap<Key, number>): [Key, number][] {
  return [...numbers].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1));
}

/** Folds the edges of a network into lines, without drawing them. */

import type { Hue, KindTree } from "../../kinds/kinds";
import type { Phase } from "../../question/question";
import { formatNumber, words } from "../../words";
import type { NetworkEdge } from "./network_query";

/** One line from an actor to another: a kind in a phase, or a bundle of several. */
export interface Line {
  key: string;
  source: string;
  target: string;
  hue: Hue;
  /** The kind whose colour the line has; null for the colour of all other kinds. */
  coloured: string | null;
  /** Null for a bundle, which stands for all kinds of its edge. */
  kind: string | null;
  phase: Phase;
  label: string;
  /** The number of supports, including possible ones. */
  count: number;
  isMutual: boolean;
  /** No supporter is certain: the source is one of several candidates. */
  isPossible: boolean;
  isContested: boolean;
  /** One of its supports may have begun before its data begin. */
  isStartCensored: boolean;
  /** One of its supports may go on after its data end. */
  isEndCensored: boolean;
  /** Position among the parallel lines between the same two actors: 0 is the middle. */
  lane: number;
}

type Part = NetworkEdge["parts"][number];

/** An edge with more lines than this is drawn as one bundle with a count. */
export const MOST_BESIDE = 4;

/** Returns the lines of a network, those between the same two actors in parallel. */
export function linesOf(edges: readonly NetworkEdge[], kinds: KindTree): Line[] {
  const pairs = new Map<string, Line[]>();
  for (const edge of edges) {
    const [source, target] = [edge.supporter.slug, edge.recipient.slug];
    const pair = pairKey(source, target);
    const parts = edge.parts.filter((part) => !isStatedByOther(part, pairs.get(pair), source));
    const lines =
      parts.length > MOST_BESIDE
        ? [bundle(source, target, parts, kinds)]
        : parts.map((part) => single(source, target, part, kinds));
    pairs.set(pair, [...(pairs.get(pair) ?? []), ...lines]);
  }
  return [...pairs.values()].flatMap(inLanes);
}

/** Returns a key of two actors that is the same for both directions. */
export function pairKey(source: string, target: string): string {
  return source < target ? `${source} ${target}` : `${target} ${source}`;
}

/**
 * Whether the line of the opposite direction, which has two heads, already shows this part of a
 * pact.
 */
function isStatedByOther(part: Part, others: readonly Line[] | undefined, source: string): boolean {
  return (
    part.mutual &&
    (others ?? []).some(
      (line) =>
        line.isMutual &&
        line.source !== source &&
        line.kind === part.kind &&
        line.phase === part.phase,
    )
  );
}

function single(source: string, target: string, part: Part, kinds: KindTree): Line {
  const count = part.certain + part.possible;
  const label = kinds.label(part.kind);
  return {
    key: `${source} ${target} ${part.kind} ${part.phase}`,
    source,
    target,
    hue: kinds.hue(part.kind),
    coloured: kinds.coloured(part.kind),
    kind: part.kind,
    phase: part.phase,
    label: marked([label, ...numbersOf(part)].join(" · "), part.contested),
    count,
    isMutual: part.mutual,
    isPossible: part.certain === 0,
    isContested: part.contested,
    isStartCensored: part.startCensored,
    isEndCensored: part.endCensored,
    lane: 0,
  };
}

/**
 * The number of supports of a part; if none is certain, also how many of how many candidates give
 * them.
 */
function numbersOf({ certain, possible, candidatesAtLeast, candidates }: Part): string[] {
  const count = certain + possible;
  const isFan = certain === 0 && candidates !== null;
  return [
    ...(count > 1 ? [formatNumber(count)] : []),
    ...(isFan ? [words.network.someOf(candidatesAtLeast, candidates)] : []),
  ];
}

function bundle(source: string, target: string, parts: Part[], kinds: KindTree): Line {
  const count = parts.reduce((sum, part) => sum + part.certain + part.possible, 0);
  const names = new Set(parts.map((part) => part.kind));
  const common = kinds.common([...names]) ?? "";
  const isContested = parts.some((part) => part.contested);
  const label = `${words.kinds(names.size)} · ${formatNumber(count)}`;
  return {
    key: `${source} ${target}`,
    source,
    target,
    hue: kinds.hue(common),
    coloured: kinds.coloured(common),
    kind: null,
    phase: strongest(parts).phase,
    label: marked(label, isContested),
    count,
    isMutual: parts.every((part) => part.mutual),
    isPossible: parts.every((part) => part.certain === 0),
    isContested,
    isStartCensored: parts.some((part) => part.startCensored),
    isEndCensored: parts.some((part) => part.endCensored),
    lane: 0,
  };
}

function strongest(parts: Part[]): Part {
  return parts.reduce((most, part) => (part.certain > most.certain ? part : most));
}

function marked(label: string, isContested: boolean): string {
  return isContested ? `≠ ${label}` : label;
}

/** Sets the lane of each line: those in one direction next to each other, all around the middle. */
function inLanes(lines: Line[]): Line[] {
  if (lines.length === 1) return lines;
  const sorted = lines.toSorted((a, b) => (a.source < b.source ? -1 : Number(a.source > b.source)));
  return sorted.map((line, index) => ({ ...line, lane: index - (sorted.length - 1) / 2 }));
}

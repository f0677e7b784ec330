/**
 * Orders rows and columns so that similar ones are adjacent. The parts that no cell connects follow
 * one another, the largest first. Within each part, rows and columns in turn are sorted by the mean
 * position of what they are connected to (the barycentre heuristic). The same cells always give the
 * same order.
 */

import type { Cell, Head } from "./heads";

/** Orders converge within a few rounds; more rounds make no visible difference. */
const ROUNDS = 12;

export function clustered(
  supporters: readonly Head[],
  recipients: readonly Head[],
  cells: readonly Cell[],
): [Head[], Head[]] {
  const groups = groupsOf(cells);
  let rows = byGroup(supporters, groups.ofSupporter, groups.supports);
  let columns = byGroup(recipients, groups.ofRecipient, groups.supports);
  for (let round = 0; round < ROUNDS; round++) {
    columns = byGroup(
      byMeanPlace(columns, rows, cells, "recipient", "supporter"),
      groups.ofRecipient,
      groups.supports,
    );
    rows = byGroup(
      byMeanPlace(rows, columns, cells, "supporter", "recipient"),
      groups.ofSupporter,
      groups.supports,
    );
  }
  return [rows, columns];
}

type End = "supporter" | "recipient";

/**
 * Sorts by the mean position of the other ends, each weighted by its supports. The sort is stable.
 */
function byMeanPlace(
  heads: readonly Head[],
  others: readonly Head[],
  cells: readonly Cell[],
  end: End,
  otherEnd: End,
): Head[] {
  const places = new Map(others.map(({ slug }, place) => [slug, place]));
  const sums = new Map<string, { places: number; supports: number }>();
  for (const cell of cells) {
    const sum = sums.get(cell[end]) ?? { places: 0, supports: 0 };
    const supports = cell.certain + cell.possible;
    sum.places += supports * (places.get(cell[otherEnd]) ?? 0);
    sum.supports += supports;
    sums.set(cell[end], sum);
  }
  const mean = ({ slug }: Head) => {
    const { places = 0, supports = 1 } = sums.get(slug) ?? {};
    return places / supports;
  };
  return [...heads].sort((one, other) => mean(one) - mean(other));
}

interface Groups {
  ofSupporter: ReadonlyMap<string, number>;
  ofRecipient: ReadonlyMap<string, number>;
  /** Number of supports in each group. */
  supports: ReadonlyMap<number, number>;
}

/** Finds the groups of supporters and recipients that no cell connects with each other. */
function groupsOf(cells: readonly Cell[]): Groups {
  const parents: number[] = [];
  const find = (node: number): number => {
    const parent = parents[node] ?? node;
    return parent === node ? node : (parents[node] = find(parent));
  };
  const nodes = { supporter: new Map<string, number>(), recipient: new Map<string, number>() };
  const nodeOf = (end: End, slug: string) => {
    const node = nodes[end].get(slug) ?? parents.push(parents.length) - 1;
    nodes[end].set(slug, node);
    return node;
  };
  for (const { supporter, recipient } of cells) {
    const one = find(nodeOf("supporter", supporter));
    const other = find(nodeOf("recipient", recipient));
    parents[Math.max(one, other)] = Math.min(one, other);
  }
  const supports = new Map<number, number>();
  for (const { supporter, certain, possible } of cells) {
    const group = find(nodeOf("supporter", supporter));
    supports.set(group, (supports.get(group) ?? 0) + certain + possible);
  }
  const found = (known: ReadonlyMap<string, number>) =>
    new Map([...known].map(([slug, node]) => [slug, find(node)]));
  return { ofSupporter: found(nodes.supporter), ofRecipient: found(nodes.recipient), supports };
}

function byGroup(
  heads: readonly Head[],
  groups: ReadonlyMap<string, number>,
  supports: ReadonlyMap<number, number>,
): Head[] {
  const groupOf = ({ slug }: Head) => groups.get(slug) ?? 0;
  const size = (head: Head) => supports.get(groupOf(head)) ?? 0;
  return [...heads].sort((one, other) => size(other) - size(one) || groupOf(one) - groupOf(other));
}

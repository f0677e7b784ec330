/** Folds a network into a matrix of supporters by recipients, with the numbers of supports. */

import type { KindTree } from "../../kinds/kinds";
import { foldedEdge } from "../folded_edge";
import type { Network } from "../network/network_query";
import type { Cell, Head } from "./heads";
import { clustered } from "./seriation";

export const SORTS = ["number", "name", "cluster"] as const;
export type Sort = (typeof SORTS)[number];

export interface Matrix {
  supporters: Head[];
  recipients: Head[];
  /**
   * The cells of each supporter, in the order of the recipients; a pair without support has no
   * cell.
   */
  rows: Map<string, Cell[]>;
}

/** Returns the order that the question names; by number if it names none. */
export function sortOf(text: string | null): Sort {
  return SORTS.find((sort) => sort === text) ?? "number";
}

export function matrixOf(network: Network, kinds: KindTree, sort: Sort): Matrix {
  const names = new Map(network.nodes.map(({ actor }) => [actor.slug, actor.name]));
  const cells = network.edges.map((edge) => foldedEdge(edge, kinds));
  const head = (of: "supporter" | "recipient") => headsOf(cells, of, names, sort);
  let [supporters, recipients] = [head("supporter"), head("recipient")];
  if (sort === "cluster") [supporters, recipients] = clustered(supporters, recipients, cells);
  return { supporters, recipients, rows: rowsOf(cells, recipients) };
}

function headsOf(
  cells: readonly Cell[],
  of: "supporter" | "recipient",
  names: ReadonlyMap<string, string>,
  sort: Sort,
): Head[] {
  const heads = new Map<string, Head>();
  for (const cell of cells) {
    const slug = cell[of];
    const head = heads.get(slug) ?? { slug, name: names.get(slug) ?? slug, supports: 0 };
    head.supports += cell.certain + cell.possible;
    heads.set(slug, head);
  }
  const byName = (one: Head, other: Head) =>
    one.name.localeCompare(other.name) || (one.slug < other.slug ? -1 : 1);
  const byNumber = (one: Head, other: Head) => other.supports - one.supports || byName(one, other);
  return [...heads.values()].sort(sort === "name" ? byName : byNumber);
}

function rowsOf(cells: readonly Cell[], recipients: readonly Head[]): Map<string, Cell[]> {
  const places = new Map(recipients.map(({ slug }, place) => [slug, place]));
  const placeOf = ({ recipient }: Cell) => places.get(recipient) ?? 0;
  const rows = new Map<string, Cell[]>();
  for (const cell of cells) {
    const row = rows.get(cell.supporter);
    if (row) row.push(cell);
    else rows.set(cell.supporter, [cell]);
  }
  for (const row of rows.values()) row.sort((one, other) => placeOf(one) - placeOf(other));
  return rows;
}

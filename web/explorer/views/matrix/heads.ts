/** The parts of a matrix: the heads of its rows and columns, and its cells. */

import type { FoldedEdge } from "../folded_edge";

export type Cell = FoldedEdge;

/** An actor that heads a row or a column. */
export interface Head {
  slug: string;
  name: string;
  /** Number of supports in the row or column. */
  supports: number;
}

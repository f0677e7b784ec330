/** Which cell an arrow key leads to. */

import type { Cell } from "./heads";
import type { Matrix } from "./matrix";

/**
 * Left and right lead through all cells, row by row; up and down through those of one column.
 * Home and End lead to the ends of the row. Undefined for other keys, and where there is none.
 */
export function cellAfter(key: string, from: Cell, { supporters, rows }: Matrix): Cell | undefined {
  const all = supporters.flatMap(({ slug }) => rows.get(slug) ?? []);
  const row = rows.get(from.supporter) ?? [];
  const column = all.filter(({ recipient }) => recipient === from.recipient);
  const step = (cells: readonly Cell[], by: number) => cells[cells.indexOf(from) + by];
  switch (key) {
    case "ArrowRight":
      return step(all, 1);
    case "ArrowLeft":
      return step(all, -1);
    case "ArrowDown":
      return step(column, 1);
    case "ArrowUp":
      return step(column, -1);
    case "Home":
      return row[0];
    case "End":
      return row.at(-1);
    default:
      return undefined;
  }
}

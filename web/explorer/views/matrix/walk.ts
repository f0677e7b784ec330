/** Finds the cell to which an arrow key moves. */

import type { Cell } from "./heads";
import type { Matrix } from "./matrix";

/**
 * Left and right move through all cells, row by row; up and down move within one column. Home and
 * End move to the ends of the row. Returns undefined for other keys, and if there is no such cell.
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

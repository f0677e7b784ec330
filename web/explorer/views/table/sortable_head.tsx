import type { Question } from "../../question/question";
import type { Change } from "../../question/use_question";
import { words } from "../../words";
import { COLUMN_NAMES, type Column, sorting } from "./table_query";

/** The heads of the columns. A click sorts by a column, another click reverses the order. */
export function SortableHead({ question, change }: { question: Question; change: Change }) {
  const sorted = sorting(question);
  const sortBy = (column: Column) => {
    const isReversed = sorted?.column === column && sorted.way === "ASC";
    change({ sort: isReversed ? `-${column}` : column }, "replace");
  };
  return (
    <thead>
      <tr aria-rowindex={1}>
        {COLUMN_NAMES.map((column) => {
          const way = sorted?.column === column ? sorted.way : null;
          return (
            <th
              key={column}
              scope="col"
              className={`column-${column}`}
              aria-sort={way === null ? undefined : way === "ASC" ? "ascending" : "descending"}
            >
              <button
                type="button"
                title={words.table.sortBy(words.table.columns[column])}
                onClick={() => sortBy(column)}
              >
                {words.table.columns[column]}
                <span aria-hidden="true">{way === null ? "" : way === "ASC" ? " ↑" : " ↓"}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

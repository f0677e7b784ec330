import { type KeyboardEvent, useRef, useState } from "react";
import type { Question } from "../../question/question";
import type { Change } from "../../question/use_question";
import { Name } from "../../text/name";
import { words } from "../../words";
import type { Cell, Head } from "./heads";
import type { Matrix } from "./matrix";
import { MatrixCell } from "./matrix_cell";
import { cellAfter } from "./walk";

interface Props {
  matrix: Matrix;
  question: Question;
  change: Change;
}

/** The cells, with names that stay visible. Tab focuses one cell; arrow keys move to the others. */
export function MatrixGrid({ matrix, question, change }: Props) {
  const { supporters, recipients, rows } = matrix;
  const { selected } = question;
  const grid = useRef<HTMLDivElement>(null);
  const [marked, setMarked] = useState<Cell | null>(null);
  const first = supporters[0] && rows.get(supporters[0].slug)?.[0];
  const cells = [...rows.values()].flat();
  const tabbable =
    cells.find((cell) => isSame(cell, marked)) ??
    cells.find((cell) => selected?.type === "edge" && isSame(cell, selected)) ??
    first;
  const columns = new Map(recipients.map(({ slug }, place) => [slug, place + 2]));
  const names = new Map([...supporters, ...recipients].map(({ slug, name }) => [slug, name]));
  const onKeyDown = (event: KeyboardEvent) => {
    const next = tabbable && cellAfter(event.key, tabbable, matrix);
    if (!next || !(event.target as Element).matches(".cell")) return;
    event.preventDefault();
    setMarked(next);
    grid.current
      ?.querySelector<HTMLElement>(`[data-edge="${next.supporter}..${next.recipient}"]`)
      ?.focus();
  };
  return (
    <div className="matrix-scroller">
      <div
        ref={grid}
        role="grid"
        aria-label={words.matrix.label(supporters.length, recipients.length)}
        aria-rowcount={supporters.length + 1}
        aria-colcount={recipients.length + 1}
        style={{ "--columns": recipients.length } as React.CSSProperties}
        onKeyDown={onKeyDown}
      >
        <div className="matrix-row heads" role="row" aria-rowindex={1}>
          <span className="corner" role="columnheader" aria-colindex={1}>
            {words.matrix.corner}
          </span>
          {recipients.map((head, place) => (
            <span key={head.slug} className="head" role="columnheader" aria-colindex={place + 2}>
              <ActorHead head={head} selected={selected} change={change} />
            </span>
          ))}
        </div>
        {supporters.map((head, place) => (
          <div key={head.slug} className="matrix-row" role="row" aria-rowindex={place + 2}>
            <span className="head" role="rowheader" aria-colindex={1}>
              <ActorHead head={head} selected={selected} change={change} />
            </span>
            {rows.get(head.slug)?.map((cell) => (
              <MatrixCell
                key={cell.recipient}
                cell={cell}
                column={columns.get(cell.recipient) ?? 0}
                names={names}
                isTabbable={cell === tabbable}
                isSelected={selected?.type === "edge" && isSame(cell, selected)}
                onMark={() => setMarked(cell)}
                change={change}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

interface HeadProps {
  head: Head;
  selected: Question["selected"];
  change: Change;
}

/**
 * The name of a row or a column; a click selects the actor. Not in the tab order, because the cells
 * name the actor too.
 */
function ActorHead({ head: { slug, name, supports }, selected, change }: HeadProps) {
  return (
    <button
      type="button"
      className="link"
      tabIndex={-1}
      title={`${name}: ${words.supports(supports)}`}
      aria-current={(selected?.type === "actor" && selected.slug === slug) || undefined}
      onClick={() => change({ selected: { type: "actor", slug } })}
    >
      <Name>{name}</Name>
    </button>
  );
}

type Ends = Pick<Cell, "supporter" | "recipient">;

function isSame(one: Ends, other: Ends | null): boolean {
  return one.supporter === other?.supporter && one.recipient === other.recipient;
}

import { useKinds } from "../../kinds/kinds";
import type { Change } from "../../question/use_question";
import { edgeText } from "../folded_edge";
import type { Cell } from "./heads";

interface Props {
  cell: Cell;
  /** Column of the grid, from 1. */
  column: number;
  names: ReadonlyMap<string, string>;
  isTabbable: boolean;
  isSelected: boolean;
  onMark: () => void;
  change: Change;
}

/** A cell: the number of supports, above the colours of their kinds. A click selects the edge. */
export function MatrixCell({ cell, column, names, isTabbable, isSelected, ...act }: Props) {
  const kinds = useKinds();
  const { supporter, recipient, certain, possible, contested, hues } = cell;
  const text = edgeText(cell, names, kinds);
  const open = () => act.change({ selected: { type: "edge", supporter, recipient } });
  return (
    <span
      className={certain > 0 ? "cell" : "cell possible"}
      role="gridcell"
      aria-colindex={column}
      aria-label={text}
      aria-selected={isSelected}
      title={text}
      tabIndex={isTabbable ? 0 : -1}
      data-edge={`${supporter}..${recipient}`}
      style={{ gridColumn: column }}
      onFocus={act.onMark}
      onClick={open}
      onKeyDown={(event) => event.key === "Enter" && open()}
    >
      {certain > 0 ? certain : `${possible}?`}
      {contested && <sup>≠</sup>}
      <span className="strip" aria-hidden="true">
        {hues.map(([hue, supports]) => (
          <span key={hue} className={`hue-${hue}`} style={{ flexGrow: supports }} />
        ))}
      </span>
    </span>
  );
}

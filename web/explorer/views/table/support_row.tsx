import { PhaseMark } from "../../filters/phase_mark";
import { KindMark } from "../../kinds/kind_mark";
import { useKinds } from "../../kinds/kinds";
import { amountText } from "../../text/amounts";
import { CensoredDate } from "../../text/censored_date";
import { Name } from "../../text/name";
import { words } from "../../words";
import type { Row } from "./table_query";

interface Props {
  row: Row;
  index: number;
  /** Distance from the top of the list, in pixels. */
  top: number;
  isMarked: boolean;
  onMark: () => void;
  onOpen: () => void;
}

/** One support. Tab focuses only one row; arrow keys move to the others. */
export function SupportRow({ row, index, top, isMarked, onMark, onOpen }: Props) {
  const kinds = useKinds();
  const { supporter, recipient, candidates, startedOn, endedOn } = row;
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      tabIndex={isMarked ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onFocus={onMark}
      onClick={onOpen}
      onKeyDown={(event) => event.key === "Enter" && onOpen()}
    >
      <td className="column-supporter">
        {supporter ? (
          <Name>{supporter.name}</Name>
        ) : (
          <span className="quiet">
            {candidates.totalCount > 0
              ? words.table.someOf(candidates.totalCount)
              : words.table.unknown}
          </span>
        )}
      </td>
      <td className="column-recipient">
        {recipient ? (
          <Name>{recipient.name}</Name>
        ) : (
          <span className="quiet">{words.table.unknown}</span>
        )}
      </td>
      <td className="column-kind">
        <KindMark kind={row.kind} /> {kinds.label(row.kind)}
      </td>
      <td className="column-phase">
        <PhaseMark phase={row.phase} /> {words.phases[row.phase]}
      </td>
      <td className="column-quantity">{amountText(row.quantity)}</td>
      <td className="column-worth">{amountText(row.worth)}</td>
      <td className="column-startedOn">
        <CensoredDate date={startedOn} side="start" isCensored={row.startCensored} />
      </td>
      <td className="column-endedOn">
        <CensoredDate date={endedOn} side="end" isCensored={row.endCensored} />
      </td>
      <td className="column-dataset">{row.dataset?.title}</td>
      <td className="column-contested">
        {row.assessment.contested && (
          <>
            <span aria-hidden="true">≠</span> {words.table.yes}
          </>
        )}
      </td>
    </tr>
  );
}

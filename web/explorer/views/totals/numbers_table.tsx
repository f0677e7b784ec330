import { useState } from "react";
import { Name } from "../../text/name";
import { words } from "../../words";
import type { ChartProps } from "./chart_props";
import type { Bar } from "./charts";
import { partText } from "./row_text";

/**
 * All numbers of a chart as a table, including bars that are not drawn: the accessible alternative.
 */
export function NumbersTable(props: ChartProps) {
  const { chart } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="numbers" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.totals.numbers(chart.bars.length)}</summary>
      {isOpen && <Numbers {...props} />}
    </details>
  );
}

function Numbers({ chart, measure, question, kinds }: ChartProps) {
  const { by } = question;
  const hasName = by !== "year";
  const hasYear = by === "year" || by === "supporter-year";
  const head = by === "supporter-year" ? words.totals.bys.supporter : words.totals.bys[by];
  const bars = hasYear ? [...chart.bars].sort(inOrder) : chart.bars;
  return (
    // A scrolling region must be focusable, so that the keyboard can scroll it.
    <div className="numbers-scroller" tabIndex={0} role="region" aria-label={head}>
      <table>
        <thead>
          <tr>
            {hasName && <th scope="col">{head}</th>}
            {hasYear && <th scope="col">{words.totals.year}</th>}
            <th scope="col">{words.totals.certain}</th>
            <th scope="col">{words.totals.possible}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar, index) => (
            <tr key={index}>
              {hasName && (
                <th scope="row">
                  <Name>{nameOf(bar)}</Name>
                </th>
              )}
              {hasYear && <td>{bar.total.year ?? words.totals.unknown}</td>}
              <td>{partText(bar.certain, measure)}</td>
              <td>{partText(bar.possible, measure)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

  function inOrder(one: Bar, other: Bar): number {
    return (
      (hasName ? nameOf(one).localeCompare(nameOf(other)) : 0) ||
      (one.total.year ?? 0) - (other.total.year ?? 0)
    );
  }

  function nameOf({ total }: Bar): string {
    if (by === "kind") return total.kind ? kinds.label(total.kind) : words.totals.unknown;
    return (by === "recipient" ? total.recipient : total.supporter)?.name ?? words.totals.unknown;
  }
}

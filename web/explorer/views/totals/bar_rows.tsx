import { words } from "../../words";
import type { ChartProps } from "./chart_props";
import { type Bar, MOST_ROWS } from "./charts";
import { RowName } from "./row_name";
import { partText } from "./row_text";

/** The longest bars, each with its name and number beside it. */
export function BarRows({ chart, measure, question, change, kinds }: ChartProps) {
  const most = chart.bars[0]?.length ?? 0;
  const shown = chart.bars.slice(0, MOST_ROWS);
  return (
    <div>
      <ol className="bars">
        {shown.map((bar, index) => (
          <li key={index} className={barHue(bar)}>
            <RowName total={bar.total} question={question} change={change} kinds={kinds} />
            <Length bar={bar} most={most} />
            <span className="bar-number">
              {bar.certain.length > 0 && partText(bar.certain, measure)}{" "}
              {bar.possible.length > 0 && (
                <span className="quiet">
                  {words.totals.possibly(partText(bar.possible, measure))}
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
      {chart.bars.length > shown.length && (
        <p className="quiet">{words.totals.longest(shown.length, chart.bars.length)}</p>
      )}
    </div>
  );

  /** A bar by kind has the kind's colour. Any other may hold several kinds, so it has none. */
  function barHue({ total }: Bar): string | undefined {
    return question.by === "kind" && total.kind ? `hue-${kinds.hue(total.kind)}` : undefined;
  }
}

/**
 * The length of the certain part, and paler that of the possible part. Hidden from screen readers:
 * the number beside it says the same.
 */
function Length({ bar, most }: { bar: Bar; most: number }) {
  const width = (length: number) => `${(100 * length) / most}%`;
  return (
    <svg width="100%" height="14" aria-hidden="true">
      <rect width={width(bar.certain.length)} height="14" />
      <rect
        className="possible"
        x={width(bar.certain.length)}
        width={width(bar.possible.length)}
        height="14"
      />
    </svg>
  );
}

import { words } from "../../words";
import type { ChartProps } from "./chart_props";
import type { Bar, Row } from "./charts";
import { RowName } from "./row_name";
import { bothText } from "./row_text";

const MOST_ROWS = 8;
/** Pixels. */
const WIDEST_YEAR = 80;
const FEW_YEARS = 4;

interface ColumnsProps extends ChartProps {
  bars: readonly Bar[];
  /** First and last year; null where no year is known. */
  years: [number, number] | null;
  /** Length of the highest column. */
  most?: number;
  isTall?: boolean;
}

/** A column for each year; below it, the amount without a year. */
export function YearColumns({ bars, years, isTall = false, ...props }: ColumnsProps) {
  const { chart, measure, change } = props;
  const most = props.most ?? Math.max(...bars.map(({ length }) => length));
  const dated = bars.filter(({ total }) => total.year !== null);
  const undated = bars.find(({ total }) => total.year === null);
  const highest = dated[0];
  const title = chart.dataset?.title ?? words.totals.written;
  const label = words.totals.chart(words.totals.bys.year, title, words.phases[chart.phase]);
  const count = years ? years[1] - years[0] + 1 : 0;
  const maxWidth = WIDEST_YEAR * count;
  // The caption is wider than a few columns.
  const areFew = count < FEW_YEARS;
  return (
    <figure className={isTall ? "columns tall" : "columns"}>
      {years && (
        <>
          <svg
            style={{ maxWidth }}
            viewBox={`0 0 ${count} 100`}
            preserveAspectRatio="none"
            role="img"
            aria-label={label}
          >
            {dated.map((bar) => (
              <Column key={bar.total.year} bar={bar} first={years[0]} most={most} />
            ))}
          </svg>
          <figcaption
            className={areFew ? "quiet few" : "quiet"}
            style={areFew ? undefined : { maxWidth }}
          >
            <span>{years[0]}</span>
            {highest?.total.year != null && (
              <button
                type="button"
                className="link"
                onClick={() => change({ from: highest.total.year, to: highest.total.year })}
              >
                {words.totals.most(bothText(highest, measure), highest.total.year)}
              </button>
            )}
            <span>{years[1] > years[0] && years[1]}</span>
          </figcaption>
        </>
      )}
      {undated && <p className="quiet">{words.totals.unknownYear(bothText(undated, measure))}</p>}
    </figure>
  );
}

function Column({ bar, first, most }: { bar: Bar; first: number; most: number }) {
  const x = (bar.total.year ?? first) - first + 0.1;
  const height = (length: number) => (100 * length) / most;
  const certain = height(bar.certain.length);
  const possible = height(bar.possible.length);
  return (
    <>
      <rect x={x} y={100 - certain} width={0.8} height={certain} />
      <rect className="possible" x={x} y={100 - certain - possible} width={0.8} height={possible} />
    </>
  );
}

/** The columns of each supporter on one scale, the supporter with the highest column first. */
export function YearRows({
  rows,
  ...props
}: ChartProps & { rows: Row[]; years: [number, number] | null }) {
  const most = props.chart.bars[0]?.length ?? 0;
  const shown = rows.slice(0, MOST_ROWS);
  return (
    <div>
      <ol className="bars">
        {shown.map(({ key, bars }) => (
          <li key={key}>
            {bars[0] && <RowName {...props} total={bars[0].total} />}
            <YearColumns {...props} bars={bars} most={most} />
          </li>
        ))}
      </ol>
      {rows.length > shown.length && (
        <p className="quiet">{words.totals.longest(shown.length, rows.length)}</p>
      )}
    </div>
  );
}

import { PhaseMark } from "../../filters/phase_mark";
import { words } from "../../words";
import { BarRows } from "./bar_rows";
import type { ChartProps } from "./chart_props";
import { type Chart, rowsOf, yearsOf } from "./charts";
import { measureLabel } from "./measure";
import { NumbersTable } from "./numbers_table";
import { YearColumns, YearRows } from "./year_columns";

/** The bars of one data set and phase, its source, and all its numbers as a table. */
export function ChartCard(props: ChartProps) {
  const { chart, measure, question, change } = props;
  const { dataset, phase } = chart;
  const title = dataset?.title ?? words.totals.written;
  const isOnly = question.phases.length === 1 && question.datasets.length === 1;
  return (
    <section className="chart" aria-label={`${title}, ${words.phases[phase]}`}>
      <header>
        <h2>{title}</h2>
        <p className="quiet">
          <PhaseMark phase={phase} /> {words.phases[phase]} · {measureLabel(measure)}
        </p>
        {dataset && !isOnly && (
          <button
            type="button"
            onClick={() => change({ datasets: [dataset.slug], phases: [phase] })}
          >
            {words.totals.only}
          </button>
        )}
      </header>
      <Drawing {...props} />
      <NumbersTable {...props} />
      {dataset && <SourceLine dataset={dataset} />}
    </section>
  );
}

function Drawing(props: ChartProps) {
  const { chart, question } = props;
  const isByYear = question.by === "year" || question.by === "supporter-year";
  if (!isByYear) return <BarRows {...props} />;
  const years = yearsOf(chart);
  const rows = rowsOf(chart, question.by);
  if (question.by === "year") {
    return rows[0] ? <YearColumns {...props} bars={rows[0].bars} years={years} isTall /> : null;
  }
  return <YearRows {...props} rows={rows} years={years} />;
}

/**
 * The data set of the numbers, its licence, and the larger data set whose numbers must not be added
 * to them.
 */
function SourceLine({ dataset }: { dataset: NonNullable<Chart["dataset"]> }) {
  const name = `${dataset.title} ${dataset.version}`;
  return (
    <footer className="quiet">
      {dataset.partOf && <p>{words.totals.partOf(dataset.partOf.title)}</p>}
      <p>
        {words.totals.source}:{" "}
        {dataset.url ? (
          <a href={dataset.url} rel="noopener noreferrer" target="_blank">
            {name}
          </a>
        ) : (
          name
        )}
        . {words.details.licence}: {dataset.licence}
      </p>
    </footer>
  );
}

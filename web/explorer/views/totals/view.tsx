import "./totals.css";

import { useKinds } from "../../kinds/kinds";
import { words } from "../../words";
import { Empty, Failure } from "../states";
import { useSvg } from "../use_svg";
import type { View, ViewProps } from "../view";
import { ChartCard } from "./chart_card";
import { chartsOf } from "./charts";
import { measureOf } from "./measure";
import { svgOfTotals } from "./svg";
import { TotalsHead } from "./totals_head";
import { useTotals } from "./use_totals";

/** Sums as bars: a chart for each data set and phase, because a sum over several means nothing. */
function Totals({ question, change, offerSvg }: ViewProps) {
  const kinds = useKinds();
  const answer = useTotals(question);
  const { totals, totalCount, error, isLoading, retry } = answer;
  const measure = measureOf(question.measure);
  const charts = chartsOf(totals ?? [], measure);
  useSvg(
    offerSvg,
    charts.length > 0
      ? (palette, widths) =>
          svgOfTotals({ charts, measure, by: question.by, kinds, palette, widths })
      : null,
  );
  return (
    <div className="totals" aria-busy={isLoading}>
      <TotalsHead question={question} change={change} measure={measure} />
      {error && <Failure {...{ error, retry, question, change }} />}
      {!error && !totals && <p className="quiet state">{words.states.loading}</p>}
      {totals && charts.length === 0 && <Empty question={question} change={change} />}
      {totals && !isLoading && totals.length < totalCount && (
        <p className="totals-cut" role="status">
          {words.totals.cut(totals.length, totalCount)}
        </p>
      )}
      <div className="charts">
        {charts.map((chart) => (
          <ChartCard
            key={chart.key}
            chart={chart}
            measure={measure}
            question={question}
            change={change}
            kinds={kinds}
          />
        ))}
      </div>
      {charts.length > 0 && <WhyNoTotal />}
    </div>
  );
}

/** Explains why the API refuses some sums, with its own message. */
function WhyNoTotal() {
  const { why, whyText, refusal, whyYears, whyPossible } = words.totals;
  return (
    <details className="why">
      <summary>{why}</summary>
      {whyText.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <blockquote>{refusal}</blockquote>
      <p>{whyYears}</p>
      <p>{whyPossible}</p>
    </details>
  );
}

export default { Component: Totals } satisfies View;

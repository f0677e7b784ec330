import { useId } from "react";
import { useAnswer } from "../../api/use_answer";
import { type Question, TOTALS_BY, type TotalsBy } from "../../question/question";
import type { Change } from "../../question/use_question";
import { words } from "../../words";
import { type Measure, measureLabel, measureOf, measuresOf, measureText } from "./measure";
import { askUnits } from "./totals_query";

interface Props {
  question: Question;
  change: Change;
  measure: Measure;
}

/** The choices of what is counted, and of what a bar stands for. */
export function TotalsHead({ question, change, measure }: Props) {
  const ids = { of: useId(), by: useId() };
  const units = useAnswer(askUnits(question)).data?.supportTotals.nodes ?? [];
  const chosen = measureText(measure);
  // The chosen measure stays in the list, even if the filters leave no amount in its unit.
  const texts = new Set([...measuresOf(units).map(measureText), chosen]);
  return (
    <div className="totals-head">
      <label htmlFor={ids.of}>{words.totals.of}</label>
      <select
        id={ids.of}
        value={chosen ?? ""}
        onChange={(event) => change({ measure: event.target.value || null })}
      >
        {[...texts].map((text) => (
          <option key={text} value={text ?? ""}>
            {measureLabel(measureOf(text))}
          </option>
        ))}
      </select>
      <label htmlFor={ids.by}>{words.totals.by}</label>
      <select
        id={ids.by}
        value={question.by}
        onChange={(event) => change({ by: event.target.value as TotalsBy })}
      >
        {TOTALS_BY.map((by) => (
          <option key={by} value={by}>
            {words.totals.bys[by]}
          </option>
        ))}
      </select>
    </div>
  );
}

import type { KindTree } from "../../kinds/kinds";
import type { Question } from "../../question/question";
import type { Change } from "../../question/use_question";
import type { Chart } from "./charts";
import type { Measure } from "./measure";

/** What every drawing of a chart needs: its numbers, and how the question changes by a click. */
export interface ChartProps {
  chart: Chart;
  measure: Measure;
  question: Question;
  change: Change;
  kinds: KindTree;
}

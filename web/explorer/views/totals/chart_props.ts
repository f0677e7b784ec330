import type { KindTree } from "../../kinds/kinds";
import type { Question } from "../../question/question";
import type { Change } from "../../question/use_question";
import type { Chart } from "./charts";
import type { Measure } from "./measure";

/** The properties of each part of a chart: its numbers, and the question that a click changes. */
export interface ChartProps {
  chart: Chart;
  measure: Measure;
  question: Question;
  change: Change;
  kinds: KindTree;
}

/**
 * The query of each view: the same that its code sends, and that "How was this asked?" opens. They
 * are loaded with the page, which sends the first before the view's own code is there.
 */

import type { Asked } from "../api/client";
import type { Question, ViewName } from "../question/question";
import { askMap } from "./map/map_query";
import { askNetwork } from "./network/network_query";
import { askTable } from "./table/table_query";
import { askTotals } from "./totals/totals_query";

export const QUERIES: Record<ViewName, (question: Question) => Asked<unknown>> = {
  network: askNetwork,
  map: askMap,
  matrix: askNetwork,
  table: (question) => askTable(question),
  totals: (question) => askTotals(question),
};

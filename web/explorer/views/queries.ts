/**
 * The query of each view: the one that its code sends and that "How was this asked?" opens. The
 * queries are not in the views' own chunks, so that the page can send the first one before the code
 * of the view has loaded.
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

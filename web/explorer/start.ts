import "./style/colours.css";
import "./style/page.css";
import "./style/panes.css";
import "./style/controls.css";
import "./style/details.css";
import "./style/views.css";

import { askAhead } from "./api/answers";
import { questionOf } from "./question/address";
import { loadView } from "./views/load";
import { QUERIES } from "./views/queries";

// Sends the first query before the code of the page loads, so that both happen at the same time.
// React and the rest of the page are in other chunks: the browser must not have to run them, or the
// code of the view, before it sends the query.
const question = questionOf(window.location.search);
askAhead(QUERIES[question.view](question));
void loadView(question.view);
void import("./page");

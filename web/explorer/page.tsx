import "./style/colours.css";
import "./style/page.css";
import "./style/panes.css";
import "./style/controls.css";
import "./style/details.css";
import "./style/views.css";

import { createRoot } from "react-dom/client";
import { askAhead } from "./api/use_answer";
import { Explorer } from "./explorer";
import { questionOf } from "./question/address";
import { QUERIES } from "./views/queries";
import { loadView } from "./views/views";

// The service answers while the page is made.
const question = questionOf(window.location.search);
askAhead(QUERIES[question.view](question));
void loadView(question.view);

const container = document.getElementById("page");
if (!container) throw new Error('explorer.html has no element with the id "page"');
createRoot(container).render(<Explorer />);

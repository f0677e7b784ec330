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

// The service answers while the page is made. React and all else that makes it are apart, so that
// neither its code nor that of the view has to be read before the question is on its way.
const question = questionOf(window.location.search);
askAhead(QUERIES[question.view](question));
void loadView(question.view);
void import("./page");

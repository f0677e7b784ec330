import { createRoot } from "react-dom/client";
import { Explorer } from "./explorer";

const container = document.getElementById("page");
if (!container) throw new Error('explorer.html has no element with the id "page"');
createRoot(container).render(<Explorer />);

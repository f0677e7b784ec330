import { useGraphiQL } from "@graphiql/react";
import { useEffect } from "react";
import logo from "../favicon.svg";

/** Scrolls to the active tab when another one becomes active, and when its title changes. */
function useActiveTabInView(): void {
  const titles = useGraphiQL((state) => state.tabs.map((tab) => tab.title).join());
  const active = useGraphiQL((state) => state.activeTabIndex);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const tab = document.querySelector(".graphiql-tab-active");
      tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    return () => cancelAnimationFrame(frame);
  }, [titles, active]);
}

/** Breaks long lines, so that a query and its result can be read without scrolling sideways. */
function useWrappedLines(): void {
  const query = useGraphiQL((state) => state.queryEditor);
  const response = useGraphiQL((state) => state.responseEditor);
  useEffect(() => {
    query?.updateOptions({ wordWrap: "on", wrappingIndent: "indent" });
    response?.updateOptions({ wordWrap: "on", wrappingIndent: "indent" });
  }, [query, response]);
}

/** Links to the start page and to the REST page. */
export function Brand() {
  useActiveTabInView();
  useWrappedLines();
  return (
    <>
      <a className="brand" href="/" aria-label="AllyGraph: start page">
        <img src={logo} alt="" width="20" height="20" />
        <span>AllyGraph</span>
      </a>
      <a className="other-page" href="/docs/">
        REST
      </a>
    </>
  );
}

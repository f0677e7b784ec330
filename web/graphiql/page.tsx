import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./style.css";

import { explorerPlugin } from "@graphiql/plugin-explorer";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";
import { Brand } from "./brand";
import { examples } from "./examples";
import { examplesPlugin } from "./examples_panel";
import { narrow } from "./narrow";

const endpoint = new URL("/graphql", window.location.href);
const socket = new URL(endpoint);
socket.protocol = endpoint.protocol.replace("http", "ws");

const fetcher = createGraphiQLFetcher({
  url: endpoint.href,
  subscriptionUrl: socket.href,
  // The service does not support @defer and @stream, so it never sends multipart responses.
  enableIncrementalDelivery: false,
});

const plugins = [examplesPlugin, explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN];

// GraphiQL stores its tabs under this key; if it is missing, this is the first visit.
const isFirstVisit = window.localStorage.getItem("graphiql:tabState") === null;

// A query that another page passes in the fragment, which browsers do not send, so no server logs
// it.
const handedOver = new URLSearchParams(window.location.hash.slice(1));
const query = handedOver.get("query");

function Page() {
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      defaultQuery={examples[0]?.document ?? ""}
      {...(query !== null && {
        initialQuery: query,
        initialVariables: handedOver.get("variables") ?? "",
      })}
      {...(isFirstVisit &&
        query === null &&
        !narrow.matches && { visiblePlugin: examplesPlugin.title })}
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>
        <Brand />
      </GraphiQL.Logo>
    </GraphiQL>
  );
}

const container = document.getElementById("page");
if (!container) throw new Error('graphiql.html has no element with the id "page"');
createRoot(container).render(<Page />);

import { createClient } from "graphql-ws";

import WebSocket from "ws"; const client = createClient({
  webSocketImpl: WebSocket, url: "ws://127.0.0.1:36023/graphql",
  retryAttempts: Infinity,
  shouldRetry: () => true,
});
const request = {
  query: `subscription ($since: Int) {
    changes(since: $since) { nodes { revision { number } action id } }
  }`,
  variables: { since: 0 },
};
client.subscribe(request, {
  next({ data }) {
    console.log(data.changes.nodes);
    // A new attempt sends the request as it is then.
    request.variables.since = data.changes.nodes[0].revision.number;
  },
  error: console.error,
  complete() {},
});

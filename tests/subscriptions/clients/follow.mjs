// Follows a subscription with the client that is named, through every loss of the connection, and
// prints each answer as a line of JSON. It ends when it has seen the revision `until`, or when the
// operation ends; then the last line says how: {"complete": true} or {"error": ...}.
import { createClient as createSocketClient } from "graphql-ws";
import { createClient as createStreamClient } from "graphql-sse";
import WebSocket from "ws";

const { kind, url, query, variables, token, until } = JSON.parse(process.argv[2]);
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));
const headers = token ? { Authorization: `Bearer ${token}` } : {};

const client =
  kind === "graphql-ws"
    ? createSocketClient({
        url: url.replace("http:", "ws:"),
        webSocketImpl: WebSocket,
        connectionParams: headers,
        retryAttempts: 10_000,
        retryWait: soon,
        shouldRetry: () => true,
      })
    : createStreamClient({ url, headers, retryAttempts: 10_000, retry: soon });

// Each attempt sends the request as it is then: so it begins after what was seen last.
const request = { query, variables };

function tell(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const sink = {
  next(answer) {
    tell(answer);
    const revision = answer.data?.changes?.nodes?.[0]?.revision?.number;
    if (revision !== undefined) {
      request.variables = { ...request.variables, since: revision };
    }
    if (revision >= until) {
      process.exit(0);
    }
  },
  error(error) {
    if (kind === "graphql-sse") {
      // What is wrong with a question comes as an answer. This is a connection that was lost while
      // the client was busy, which it does not try again.
      soon().then(() => client.subscribe(request, sink));
      return;
    }
    tell({ error: Array.isArray(error) ? error : String(error) });
    process.exit(0);
  },
  complete() {
    tell({ complete: true });
    process.exit(0);
  },
};

client.subscribe(request, sink);

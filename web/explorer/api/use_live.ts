import { createClient } from "graphql-ws";
import { useEffect, useState } from "react";
import { askAgain } from "./use_answer";

const CHANGES = "subscription Changes { changes(first: 1) { totalCount } }";
/** Changes that come together are asked for once, in milliseconds. */
const TOGETHER = 500;

/** Whether the page follows the data: each change asks again what it shows. */
export function useLive(): "connecting" | "live" | "cut off" {
  const [state, setState] = useState<"connecting" | "live" | "cut off">("connecting");
  useEffect(() => {
    const url = new URL("/graphql", window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    let timer = 0;
    const client = createClient({
      url: url.href,
      lazy: false,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      on: {
        connected: () => setState("live"),
        closed: () => setState("cut off"),
      },
    });
    const end = client.subscribe(
      { query: CHANGES },
      {
        next: () => {
          clearTimeout(timer);
          timer = window.setTimeout(askAgain, TOGETHER);
        },
        error: () => setState("cut off"),
        complete: () => undefined,
      },
    );
    return () => {
      clearTimeout(timer);
      end();
      void client.dispose();
    };
  }, []);
  return state;
}

import { createClient } from "graphql-ws";
import { useEffect, useState } from "react";
import { askAgain } from "./answers";

const CHANGES = "subscription Changes { changes(first: 1) { totalCount } }";
/** Changes that come together are asked for once, in milliseconds. */
const TOGETHER = 500;

/** Milliseconds: who waits longer each time must not wait for hours in the end. */
const [SOONEST, LATEST] = [1000, 30_000];

/**
 * Whether the page follows the data: each change asks again what it shows, and so does the return of
 * the service, since nobody has told of the changes meanwhile.
 */
export function useLive(): "connecting" | "live" | "cut off" {
  const [state, setState] = useState<"connecting" | "live" | "cut off">("connecting");
  useEffect(() => {
    const url = new URL("/graphql", window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    let timer = 0;
    let isCutOff = false;
    const askSoon = () => {
      clearTimeout(timer);
      timer = window.setTimeout(askAgain, TOGETHER);
    };
    const cutOff = () => {
      isCutOff = true;
      setState("cut off");
    };
    const client = createClient({
      url: url.href,
      lazy: false,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (retries) =>
        new Promise((resume) => {
          // Not all pages at once.
          const wait = Math.min(SOONEST * 2 ** retries, LATEST);
          setTimeout(resume, wait * (0.75 + Math.random() / 2));
        }),
      on: {
        connected: () => {
          setState("live");
          if (isCutOff) askSoon();
          isCutOff = false;
        },
        closed: cutOff,
      },
    });
    let end = () => {};
    let resuming = 0;
    const follow = () => {
      end = client.subscribe(
        { query: CHANGES },
        {
          next: askSoon,
          // The client gives up after some errors. The service may recover from them.
          error: () => {
            cutOff();
            resuming = window.setTimeout(follow, LATEST);
          },
          complete: () => undefined,
        },
      );
    };
    follow();
    return () => {
      clearTimeout(timer);
      clearTimeout(resuming);
      end();
      void client.dispose();
    };
  }, []);
  return state;
}

import { createClient } from "graphql-ws";
import { useEffect, useState } from "react";
import { askAgain } from "./answers";

const CHANGES = "subscription Changes { changes(first: 1) { totalCount } }";
/** Milliseconds from a change to the reload, so that several changes at once cause only one. */
const TOGETHER = 500;

/**
 * The first and the longest wait before a reconnection, in milliseconds. The wait doubles each
 * time, so without a maximum it would grow to hours.
 */
const [SOONEST, LATEST] = [1000, 30_000];

/**
 * Subscribes to changes of the data, and returns whether the subscription is connected. Each change
 * reloads what the page shows. So does a reconnection, because the subscription does not deliver
 * the changes that happened meanwhile.
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
          // Random, so that not all open pages reconnect at the same time.
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

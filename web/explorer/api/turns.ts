/**
 * Decides when queries are sent. The query of the view is sent at once. The queries of the panes
 * beside it wait until the view is drawn, and are sent one at a time: the service completes a query
 * even if the page has aborted it, and the query of the next view must not wait for several of
 * those.
 */

/**
 * `first` is sent at once, `after` when no `first` is in flight, `last` when no `after` waits
 * either.
 */
export type Turn = "first" | "after" | "last";

/** Milliseconds from a response until the browser has usually drawn it. */
const UNTIL_DRAWN = 60;

interface Waiting {
  turn: Turn;
  resume: () => void;
}

let viewsInFlight = 0;
let isPaneInFlight = false;
let waiting: Waiting[] = [];

/**
 * Calls `ask` when its turn comes. Rejects with the reason if `signal` was aborted while it waited.
 */
export async function inTurn<Data>(
  turn: Turn,
  signal: AbortSignal,
  ask: () => Promise<Data>,
): Promise<Data> {
  if (turn === "first") {
    viewsInFlight += 1;
    return ask().finally(() => {
      viewsInFlight -= 1;
      setTimeout(sendNext, UNTIL_DRAWN);
    });
  }
  await new Promise<void>((resume) => {
    waiting.push({ turn, resume });
    // Deferred, because a later query of the same click may be `first` and must be sent before.
    queueMicrotask(sendNext);
  });
  return (signal.aborted ? Promise.reject(signal.reason as Error) : ask()).finally(() => {
    isPaneInFlight = false;
    sendNext();
  });
}

function sendNext(): void {
  if (viewsInFlight > 0 || isPaneInFlight) return;
  const next = waiting.find(({ turn }) => turn === "after") ?? waiting[0];
  if (!next) return;
  waiting = waiting.filter((each) => each !== next);
  isPaneInFlight = true;
  next.resume();
}

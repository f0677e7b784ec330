/**
 * Questions take turns: what a person looks at is asked first and at once. What stands beside it is
 * asked when that has been drawn, one question at a time: a service goes on with a question that a
 * page has dropped for another, and the next view must not wait for many of these.
 */

/** `first` is asked at once, `after` when nothing that is first is on its way, `last` after that. */
export type Turn = "first" | "after" | "last";

/** Milliseconds from an answer until its drawing is on the screen, mostly. */
const UNTIL_DRAWN = 60;

interface Waiting {
  turn: Turn;
  resume: () => void;
}

let underway = 0;
let isOneBeside = false;
let waiting: Waiting[] = [];

/** Asks when it is its turn. Throws whatever `signal` was aborted with while it waited. */
export async function inTurn<Data>(
  turn: Turn,
  signal: AbortSignal,
  ask: () => Promise<Data>,
): Promise<Data> {
  if (turn === "first") {
    underway += 1;
    return ask().finally(() => {
      underway -= 1;
      setTimeout(letNextGo, UNTIL_DRAWN);
    });
  }
  await new Promise<void>((resume) => {
    waiting.push({ turn, resume });
    // Until all that changed with one click has been asked.
    queueMicrotask(letNextGo);
  });
  return (signal.aborted ? Promise.reject(signal.reason as Error) : ask()).finally(() => {
    isOneBeside = false;
    letNextGo();
  });
}

function letNextGo(): void {
  if (underway > 0 || isOneBeside) return;
  const next = waiting.find(({ turn }) => turn === "after") ?? waiting[0];
  if (!next) return;
  waiting = waiting.filter((each) => each !== next);
  isOneBeside = true;
  next.resume();
}

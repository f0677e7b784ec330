/** Questions take turns: what a person looks at is asked first, what stands beside it after that. */

/** `first` is asked at once; `after` waits until nothing that is first is on its way. */
export type Turn = "first" | "after";

let underway = 0;
const waiting: (() => void)[] = [];

/** Asks when it is its turn. Throws whatever `signal` was aborted with while it waited. */
export async function inTurn<Data>(
  turn: Turn,
  signal: AbortSignal,
  ask: () => Promise<Data>,
): Promise<Data> {
  if (turn === "after") {
    // Until all that changed with one click has been asked.
    await Promise.resolve();
    if (underway > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    signal.throwIfAborted();
    return ask();
  }
  underway += 1;
  try {
    return await ask();
  } finally {
    underway -= 1;
    if (underway === 0) for (const resume of waiting.splice(0)) resume();
  }
}

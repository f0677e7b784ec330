/** A mark in the browser's timeline whenever a view has drawn other data: the bench waits for it. */
export function markDrawn(): void {
  performance.mark("allygraph:drawn");
}

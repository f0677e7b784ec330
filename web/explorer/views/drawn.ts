/**
 * Adds a mark to the browser's performance timeline when a view has drawn new data, for which the
 * bench waits.
 */
export function markDrawn(): void {
  performance.mark("allygraph:drawn");
}

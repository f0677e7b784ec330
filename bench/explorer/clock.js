// Added to each page that is measured: when it has drawn, and how many frames a drag has.
(() => {
  const DRAWN = "allygraph:drawn";
  const clock = { acted: 0, drawn: [], frames: 0, isCounting: false };
  window.clock = clock;
  for (const type of ["click", "keydown"]) {
    addEventListener(type, () => (clock.acted = performance.now()), true);
  }
  // What was painted in one frame is on its way to the screen when the next begins.
  new PerformanceObserver((list) => {
    if (list.getEntriesByName(DRAWN).length === 0) return;
    requestAnimationFrame(() => clock.drawn.push(performance.now()));
  }).observe({ type: "mark" });
  const count = () => {
    clock.frames += 1;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
})();

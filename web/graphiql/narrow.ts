/** Whether there is room for one thing at a time only. `style.css` has the same width. */
export const narrow = window.matchMedia("(max-width: 900px)");

/** Whether the screen has room for only one panel at a time. `style.css` has the same width. */
export const narrow = window.matchMedia("(max-width: 900px)");

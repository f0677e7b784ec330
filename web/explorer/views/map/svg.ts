/**
 * Exports the map as an SVG file: what is on the page, with the styles that the style sheet gives
 * it.
 */

/** The properties that the style sheet may set, and that the file must contain itself. */
const STYLES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-linejoin",
  "opacity",
  "paint-order",
  "font-size",
  "font-weight",
  "text-anchor",
];

/** Returns a copy of the drawing as text. `page`: the background colour. */
export function svgOfMap(drawing: SVGSVGElement, page: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const drawn = [...drawing.querySelectorAll("path, circle, text")];
  const copied = [...copy.querySelectorAll("path, circle, text")];
  drawn.forEach((element, place) => {
    const style = getComputedStyle(element);
    for (const name of STYLES) copied[place]?.setAttribute(name, style.getPropertyValue(name));
  });
  // Removes what only pointers and the keyboard need.
  for (const reach of copy.querySelectorAll(".reach")) reach.remove();
  for (const element of copy.querySelectorAll("*")) {
    for (const name of ["class", "role", "tabindex"]) element.removeAttribute(name);
  }
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  copy.setAttribute("font-family", "system-ui, sans-serif");
  const behind = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of [
    ["width", "100%"],
    ["height", "100%"],
    ["fill", page],
  ] as const) {
    behind.setAttribute(name, value);
  }
  copy.prepend(behind);
  return new XMLSerializer().serializeToString(copy);
}

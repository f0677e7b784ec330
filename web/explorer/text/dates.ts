/** Formats dates in the Extended Date/Time Format (EDTF) as text. */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"].concat([
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
]);
const DATE = /^(-?\d{3}[\dX])(?:-(\d\d))?(?:-(\d\d))?([?~%]?)$/;
const DOUBTS: Record<string, (text: string) => string> = {
  "?": (text) => `${text} (uncertain)`,
  "~": (text) => `about ${text}`,
  "%": (text) => `about ${text} (uncertain)`,
};

/** Formats `2024-10` as "Oct 2024", `198X` as "1980s", `1984?` as "1984 (uncertain)". */
export function dateText(edtf: string): string {
  const [, year = "", month, day, doubt = ""] = DATE.exec(edtf) ?? [];
  // Other forms of EDTF are shown unchanged.
  if (!year) return edtf;
  const month_name = month && MONTHS[Number(month) - 1];
  if (month && !month_name) return edtf;
  const years = year.endsWith("X") ? `${year.slice(0, -1)}0s` : year;
  const text = [day && Number(day), month_name, years].filter(Boolean).join(" ");
  return DOUBTS[doubt]?.(text) ?? text;
}

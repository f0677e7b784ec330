/**
 * Addresses of GraphiQL, exports and citations for what a view shows, and the download of a
 * drawing.
 */

import type { Asked } from "../api/client";
import type { KindTree } from "../kinds/kinds";
import { yearText } from "../question/filter";
import type { Question } from "../question/question";

/**
 * The address of GraphiQL with this query. It is in the fragment, which browsers do not send, so no
 * server logs it.
 */
export function graphiqlAddress({ text, variables }: Asked<unknown>): string {
  const parts = new URLSearchParams({
    query: text,
    variables: JSON.stringify(variables, null, 2),
  });
  return `/graphql#${parts}`;
}

/** The supports of the question as CSV. */
export function csvAddress(question: Question, kinds: KindTree): string {
  return address("/api/v1/supports.csv", [...filters(question, kinds), revision(question.asOf)]);
}

/** The supports of the question as lines of JSON. */
export function jsonLinesAddress(question: Question, kinds: KindTree): string {
  return address("/api/v1/supports.jsonl", [...filters(question, kinds), revision(question.asOf)]);
}

/** The citation of a data set alone, as BibTeX. */
export function citeDatasetAddress(slug: string, asOf: number | null): string {
  const parts: Part[] = [["of", "datasets"], ["slug", slug], revision(asOf)];
  return address("/api/v1/cite", [...parts, ["format", "bibtex"]]);
}

/** The network of the question as a file for Gephi and other tools. */
export function networkAddress(
  question: Question,
  kinds: KindTree,
  format: "gexf" | "graphml",
): string {
  const { around, hops, most, asOf } = question;
  return address(`/api/v1/network.${format}`, [
    ["around", around.join()],
    ["hops", around.length > 0 ? String(hops) : ""],
    ["first", String(most)],
    ...filters(question, kinds),
    revision(asOf),
  ]);
}

/** The citation of the question's supports and their data sets. */
export function citeAddress(
  question: Question,
  kinds: KindTree,
  format: "text" | "bibtex",
  asOf: number | null,
): string {
  const parts: Part[] = [["of", "supports"], ...filters(question, kinds), revision(asOf)];
  return address("/api/v1/cite", [...parts, ["format", format]]);
}

type Part = [name: string, value: string];

function filters(question: Question, kinds: KindTree): Part[] {
  return [
    kindFilter(question, kinds),
    ["phase.in", question.phases.join()],
    ["dataset.slug.in", question.datasets.join()],
    ["conflict.slug.in", question.conflicts.join()],
    ["assessment.bestReliability.in", question.grades.join()],
    ["assessment.bestCredibility.in", question.credibilities.join()],
    ["attribution.in", question.attributions.join()],
    ["assessment.contested", question.contested ? "true" : ""],
    ["validDuring.from", yearText(question.from) ?? ""],
    ["validDuring.to", yearText(question.to) ?? ""],
  ];
}

/**
 * One kind with its narrower kinds uses the operator `under`. REST has no `or`, so several kinds
 * become one list of all their kinds.
 */
function kindFilter({ kinds: chosen }: Question, kinds: KindTree): Part {
  const [first] = chosen;
  if (first?.under && chosen.length === 1) return ["kind.under", first.kind];
  const listed = chosen.flatMap(({ kind, under }) => (under ? kinds.under(kind) : [kind]));
  return ["kind.in", [...new Set(listed)].join()];
}

function revision(asOf: number | null): Part {
  return ["asOf", String(asOf ?? "")];
}

function address(path: string, parts: Part[]): string {
  const query = parts.filter(([, value]) => value !== "");
  const text = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return text ? `${path}?${text}` : path;
}

/** Saves a drawing as a file. */
export function saveSvg(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const link = Object.assign(document.createElement("a"), { href: address });
  link.download = "allygraph.svg";
  link.click();
  URL.revokeObjectURL(address);
}

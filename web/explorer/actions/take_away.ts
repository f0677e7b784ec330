/** Addresses that take what a view shows elsewhere. */

import type { Asked } from "../api/client";
import type { KindTree } from "../kinds/kinds";
import type { Question } from "../question/question";

/** GraphiQL with this query; after the `#`, so that it is in no log of a server. */
export function graphiqlAddress({ text, variables }: Asked<unknown>): string {
  const parts = new URLSearchParams({
    query: text,
    variables: JSON.stringify(variables, null, 2),
  });
  return `/graphql#${parts}`;
}

/** The supports of the question as CSV. REST has no `or`, so kinds are listed with those below. */
export function csvAddress(question: Question, kinds: KindTree): string {
  const listed = question.kinds.flatMap(({ kind, under }) => (under ? kinds.under(kind) : [kind]));
  const parts: [string, string][] = [
    ["kind.in", [...new Set(listed)].join()],
    ["phase.in", question.phases.join()],
    ["dataset.slug.in", question.datasets.join()],
    ["conflict.slug.in", question.conflicts.join()],
    ["assessment.bestReliability.in", question.grades.join()],
    ["attribution.in", question.attributions.join()],
    ["assessment.contested", question.contested ? "true" : ""],
    ["validDuring.from", String(question.from ?? "")],
    ["validDuring.to", String(question.to ?? "")],
    ["asOf", String(question.asOf ?? "")],
  ];
  const query = parts.filter(([, value]) => value !== "");
  const text = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return `/api/v1/supports.csv${text && `?${text}`}`;
}

/** Saves a drawing as a file. */
export function saveSvg(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const link = Object.assign(document.createElement("a"), { href: address });
  link.download = "allygraph.svg";
  link.click();
  URL.revokeObjectURL(address);
}

/** Writes a question as the query of the page's address, and reads it back. */

import {
  ATTRIBUTIONS,
  CREDIBILITIES,
  FEWEST_HOPS,
  FIRST_QUESTION,
  type KindChoice,
  MOST_EDGES,
  MOST_HOPS,
  PHASES,
  type Question,
  RECORD_TYPES,
  RELIABILITIES,
  type Selection,
  SIZES,
  TOTALS_BY,
  VIEWS,
} from "./question";

const TERM = /^[A-Z][A-Z0-9_]*$/;
const SLUG = /^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*$/u;
const ID = /^[a-z]+_\d{1,18}$/;
const YEAR = /^\d{4}$/;
const NUMBER = /^[1-9]\d{0,8}$/;
const MEASURE = /^(?:quantity|worth)\.[A-Z_]{3,12}$/;
const SORT = /^-?[a-zA-Z.]{1,60}$/;

/** The query of an address, with its `?`; empty for the first question. */
export function addressOf(question: Question): string {
  const first = FIRST_QUESTION;
  const parts: [string, string | null][] = [
    ["view", question.view === first.view ? null : question.view],
    ["kind", question.kinds.map(kindText).join()],
    ["phase", question.phases.join()],
    ["dataset", question.datasets.join()],
    ["conflict", question.conflicts.join()],
    ["grade", question.grades.join()],
    ["credibility", question.credibilities.join()],
    ["attribution", question.attributions.join()],
    ["contested", question.contested ? "yes" : null],
    ["from", numberText(question.from)],
    ["to", numberText(question.to)],
    ["around", question.around.join()],
    ["hops", question.hops === first.hops ? null : String(question.hops)],
    ["asOf", numberText(question.asOf)],
    ["size", question.size === first.size ? null : question.size],
    ["sort", question.sort],
    ["most", question.most === first.most ? null : String(question.most)],
    ["measure", question.measure],
    ["by", question.by === first.by ? null : question.by],
    ...selectionParts(question.selected),
  ];
  const text = parts.flatMap(([name, value]) => (value ? [`${name}=${readable(value)}`] : []));
  return text.length === 0 ? "" : `?${text.join("&")}`;
}

/**
 * Parses the query of an address. Ignores unknown and invalid parts, so that old links still open.
 */
export function questionOf(query: string): Question {
  const parts = new URLSearchParams(query);
  const list = (name: string) => [...new Set((parts.get(name) ?? "").split(",").filter(Boolean))];
  const slugs = (name: string) => list(name).filter((slug) => SLUG.test(slug));
  const number = (name: string, form: RegExp) => {
    const text = parts.get(name) ?? "";
    return form.test(text) ? Number(text) : null;
  };
  const first = FIRST_QUESTION;
  const [from, to] = inOrder(number("from", YEAR), number("to", YEAR));
  const sort = parts.get("sort") ?? "";
  const measure = parts.get("measure") ?? "";
  return {
    view: oneOf(VIEWS, parts.get("view")) ?? first.view,
    kinds: list("kind").flatMap(kindOf),
    phases: chosen(PHASES, list("phase")),
    datasets: slugs("dataset"),
    conflicts: slugs("conflict"),
    grades: chosen(RELIABILITIES, list("grade")),
    credibilities: CREDIBILITIES.filter((each) => list("credibility").includes(String(each))),
    attributions: chosen(ATTRIBUTIONS, list("attribution")),
    contested: parts.get("contested") === "yes",
    from,
    to,
    around: slugs("around"),
    hops: between(FEWEST_HOPS, number("hops", NUMBER) ?? first.hops, MOST_HOPS),
    asOf: number("asOf", NUMBER),
    size: oneOf(SIZES, parts.get("size")) ?? first.size,
    sort: SORT.test(sort) ? sort : null,
    most: between(1, number("most", NUMBER) ?? first.most, MOST_EDGES),
    measure: MEASURE.test(measure) ? measure : null,
    by: oneOf(TOTALS_BY, parts.get("by")) ?? first.by,
    selected: selectionOf(parts),
  };
}

function kindText({ kind, under }: KindChoice): string {
  return under ? `under:${kind}` : kind;
}

function kindOf(text: string): KindChoice[] {
  const under = text.startsWith("under:");
  const kind = under ? text.slice("under:".length) : text;
  return TERM.test(kind) ? [{ kind, under }] : [];
}

/** `actor=iran`, `edge=iran..russia`, `edge=iran..russia:DRONES`, `statement=statement_1`, `about=DATA-SET`. */
function selectionParts(selected: Selection | null): [string, string | null][] {
  if (selected === null) return [];
  if (selected.type === "actor") return [["actor", selected.slug]];
  // `dataset` is the parameter of the filter.
  if (selected.type === "dataset") return [["about", selected.slug]];
  if (selected.type !== "edge") return [[selected.type, selected.id]];
  const { supporter, recipient, kind } = selected;
  return [["edge", `${supporter}..${recipient}${kind ? `:${kind}` : ""}`]];
}

function selectionOf(parts: URLSearchParams): Selection | null {
  const slug = parts.get("actor") ?? "";
  if (SLUG.test(slug)) return { type: "actor", slug };
  const dataset = parts.get("about") ?? "";
  if (SLUG.test(dataset)) return { type: "dataset", slug: dataset };
  for (const type of RECORD_TYPES) {
    const id = parts.get(type) ?? "";
    if (ID.test(id)) return { type, id };
  }
  const [ends = "", kind = ""] = (parts.get("edge") ?? "").split(":");
  const [supporter = "", recipient = ""] = ends.split("..");
  if (!SLUG.test(supporter) || !SLUG.test(recipient)) return null;
  return { type: "edge", supporter, recipient, ...(TERM.test(kind) && { kind }) };
}

/**
 * Percent-encodes a value, except for commas and colons, which a query may contain and which are
 * easier to read.
 */
function readable(value: string): string {
  return encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3A", ":");
}

function numberText(value: number | null): string | null {
  return value === null ? null : String(value);
}

function between(least: number, value: number, most: number): number {
  return Math.min(Math.max(least, value), most);
}

function inOrder(from: number | null, to: number | null): [number | null, number | null] {
  return from !== null && to !== null && from > to ? [to, from] : [from, to];
}

function oneOf<T extends string>(terms: readonly T[], text: string | null): T | undefined {
  return terms.find((term) => term === text);
}

/** Returns the terms in the order of the vocabulary, so that one question has one address. */
function chosen<T extends string>(terms: readonly T[], texts: string[]): T[] {
  return terms.filter((term) => texts.includes(term));
}

/**
 * The question: the state that all views share. The address of the page stores it: `address.ts`
 * writes it and parses it.
 */

export const VIEWS = ["network", "map", "matrix", "table", "totals"] as const;
export type ViewName = (typeof VIEWS)[number];

export const PHASES = ["PREDICTED", "PLEDGED", "AGREED", "ALLOCATED", "DELIVERED"] as const;
export type Phase = (typeof PHASES)[number];

export const ATTRIBUTIONS = ["CERTAIN", "SOME_OF", "UNKNOWN"] as const;
export type Attribution = (typeof ATTRIBUTIONS)[number];

export const RELIABILITIES = ["A", "B", "C", "D", "E", "F"] as const;
export type Reliability = (typeof RELIABILITIES)[number];

/** The number of the Admiralty code: how credible a statement is. */
export const CREDIBILITIES = [1, 2, 3, 4, 5, 6] as const;
export type Credibility = (typeof CREDIBILITIES)[number];

export const SIZES = ["both", "given", "received", "same"] as const;
export type Size = (typeof SIZES)[number];

export const TOTALS_BY = ["supporter", "recipient", "kind", "year", "supporter-year"] as const;
export type TotalsBy = (typeof TOTALS_BY)[number];

/** A kind of support; `under` includes all narrower kinds. */
export interface KindChoice {
  kind: string;
  under: boolean;
}

/** The types of record that can be selected by id, from a search result. */
export const RECORD_TYPES = ["support", "statement", "source"] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** What is selected. An edge is all that one actor gives another, or its supports of one kind. */
export type Selection =
  | { type: "actor"; slug: string }
  | { type: "dataset"; slug: string }
  | { type: "edge"; supporter: string; recipient: string; kind?: string }
  | { type: RecordType; id: string };

export interface Question {
  view: ViewName;
  kinds: KindChoice[];
  phases: Phase[];
  /** Slugs. */
  datasets: string[];
  /** Slugs. */
  conflicts: string[];
  /** The best reliability among the sources that assert a support. */
  grades: Reliability[];
  /** The best credibility among the statements that assert a support. */
  credibilities: Credibility[];
  attributions: Attribution[];
  /** Only supports that some statements assert and others deny or question. */
  contested: boolean;
  /** Years. */
  from: number | null;
  to: number | null;
  /** Slugs of the actors that the view is around; empty for the whole network. */
  around: string[];
  hops: number;
  /** Number of a revision; null for the newest. */
  asOf: number | null;
  /** What the size of an actor stands for. */
  size: Size;
  /** Path of the column that a table is sorted by; `-` before it for descending. */
  sort: string | null;
  /** The maximum number of edges that are drawn. */
  most: number;
  /** What totals count: null for supports, or `worth.EUR`, `quantity.PERSONS`. */
  measure: string | null;
  /** What each bar of the totals stands for. */
  by: TotalsBy;
  selected: Selection | null;
}

/** The views that use `hops`; the others show only the supports of the actors in `around`. */
export const IN_HOPS: ReadonlySet<ViewName> = new Set(["network", "map", "matrix"]);
export const FEWEST_HOPS = 1;
export const MOST_HOPS = 4;
/** The maximum of the API. */
export const MOST_EDGES = 5000;

export const FIRST_QUESTION: Question = {
  view: "network",
  kinds: [],
  phases: [],
  datasets: [],
  conflicts: [],
  grades: [],
  credibilities: [],
  attributions: [],
  contested: false,
  from: null,
  to: null,
  around: [],
  hops: 1,
  asOf: null,
  size: "both",
  sort: null,
  most: 500,
  measure: null,
  by: "supporter",
  selected: null,
};

/** Whether any filter narrows the question: what "Clear all" clears. */
export function isFiltered(question: Question): boolean {
  const { kinds, phases, datasets, conflicts, grades, credibilities, attributions } = question;
  const lists = [kinds, phases, datasets, conflicts, grades, credibilities, attributions];
  return question.contested || lists.some((list) => list.length > 0) || isTimed(question);
}

/** Whether the question is about some years only. */
export function isTimed({ from, to }: Question): boolean {
  return from !== null || to !== null;
}

export const NO_FILTERS = {
  kinds: [],
  phases: [],
  datasets: [],
  conflicts: [],
  grades: [],
  credibilities: [],
  attributions: [],
  contested: false,
  from: null,
  to: null,
} satisfies Partial<Question>;

/** Converts a question to the filter of supports that the API takes. */

import type { SupportFilter } from "../api/graphql";
import type { Question } from "./question";

/** The filters of the left pane and the time bar. */
export type FilterName =
  | "kinds"
  | "phases"
  | "datasets"
  | "conflicts"
  | "grades"
  | "credibilities"
  | "attributions"
  | "contested"
  | "time"
  | "around";

/**
 * Builds the filter without the named parts: the counts of a filter's choices leave out that
 * filter.
 */
export function supportFilter(question: Question, without: FilterName[] = []): SupportFilter {
  const conditions: Record<FilterName, SupportFilter> = {
    kinds: kindFilter(question),
    phases: { phase: { in: question.phases } },
    datasets: { dataset: { slug: { in: question.datasets } } },
    conflicts: { conflict: { slug: { in: question.conflicts } } },
    grades: { assessment: { bestReliability: { in: question.grades } } },
    credibilities: { assessment: { bestCredibility: { in: question.credibilities } } },
    attributions: { attribution: { in: question.attributions } },
    contested: { assessment: { contested: { eq: true } } },
    time: { validDuring: { from: yearText(question.from), to: yearText(question.to) } },
    around: aroundFilter(question),
  };
  const wanted = (Object.keys(conditions) as FilterName[]).filter(
    (name) => isChosen(question, name) && !without.includes(name),
  );
  return merged(wanted.map((name) => conditions[name]));
}

function isChosen(question: Question, name: FilterName): boolean {
  if (name === "contested") return question.contested;
  if (name === "time") return question.from !== null || question.to !== null;
  return question[name].length > 0;
}

function kindFilter({ kinds }: Question): SupportFilter {
  const exact = kinds.filter(({ under }) => !under).map(({ kind }) => kind);
  const filters = [
    ...kinds.filter(({ under }) => under).map(({ kind }) => ({ kind: { under: kind } })),
    ...(exact.length > 0 ? [{ kind: { in: exact } }] : []),
  ] as SupportFilter[];
  const [first] = filters;
  return filters.length === 1 && first ? first : { or: filters };
}

/**
 * The supports that the actors give, may give or receive. No filter expresses further hops: only
 * the network takes them.
 */
function aroundFilter({ around }: Question): SupportFilter {
  const actors = { slug: { in: around } };
  return {
    or: [{ supporter: actors }, { recipient: actors }, { candidates: { some: actors } }],
  };
}

/** Merges the conditions into one object if each is on another field, which is easier to read. */
function merged(conditions: SupportFilter[]): SupportFilter {
  const names = conditions.flatMap((condition) => Object.keys(condition));
  if (new Set(names).size === names.length) return Object.assign({}, ...conditions);
  return { and: conditions };
}

/** Formats a year as EDTF does, with four digits. */
export function yearText(year: number | null): string | null {
  return year === null ? null : String(year).padStart(4, "0");
}

/** The supports of one edge: the supporter is stated or is one of the candidates. */
export function edgeFilter(supporter: string, recipient: string): SupportFilter {
  const from = { slug: { eq: supporter } };
  const to = { slug: { eq: recipient } };
  return {
    or: [
      { supporter: from, recipient: to },
      { candidates: { some: from }, recipient: to },
    ],
  };
}

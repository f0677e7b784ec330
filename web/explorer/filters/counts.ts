/** How many supports each choice of a filter would show, from one answer of totals. */

import { asked } from "../api/client";
import { graphql, type ResultOf } from "../api/graphql";
import type { KindTree } from "../kinds/kinds";
import { supportFilter } from "../question/filter";
import { IN_HOPS, type Question } from "../question/question";

const COUNTS = graphql(`
  query Counts(
    $shown: SupportFilter
    $choices: SupportFilter
    $conflicts: SupportFilter
    $chosenConflicts: [String!]
    $isFar: Boolean!
    $around: [ActorBy!]
    $hops: Int!
    $far: SupportFilter
  ) {
    all: supports(first: 1) {
      totalCount
    }
    shown: supports(first: 1, where: $shown) {
      totalCount
      unknownCount
    }
    far: network(around: $around, hops: $hops, where: $far, first: 1) @include(if: $isFar) {
      supportCount
    }
    choices: supportTotals(groupBy: [KIND, PHASE, DATASET], where: $choices, first: 500) {
      nodes {
        kind
        phase
        dataset {
          slug
        }
        certain {
          supports
        }
        possible {
          supports
        }
      }
    }
    datasets(first: 100, orderBy: [{ title: ASC }]) {
      nodes {
        slug
        title
        version
      }
    }
    conflicts: supportTotals(
      groupBy: [CONFLICT]
      where: $conflicts
      orderBy: [{ certain: { supports: DESC } }]
      first: 500
    ) {
      nodes {
        conflict {
          slug
          name
        }
        certain {
          supports
        }
        possible {
          supports
        }
      }
    }
    chosenConflicts: conflicts(where: { slug: { in: $chosenConflicts } }, first: 50) {
      nodes {
        slug
        name
      }
    }
  }
`);

const CENSORED = graphql(`
  fragment Censored on SupportTotal @_unmask {
    year
    phase
    dataset {
      slug
    }
    certain {
      supports
    }
    possible {
      supports
    }
  }
`);

const YEARS = graphql(
  `
    query Years($where: SupportFilter, $begunBefore: SupportFilter, $goingOn: SupportFilter) {
      years: supportTotals(groupBy: [YEAR], where: $where, orderBy: [{ year: DESC }], first: 500) {
        nodes {
          year
          certain {
            supports
          }
          possible {
            supports
          }
        }
      }
      begunBefore: supportTotals(
        groupBy: [YEAR]
        where: $begunBefore
        orderBy: [{ year: ASC }]
        first: 200
      ) {
        nodes {
          ...Censored
        }
      }
      goingOn: supportTotals(
        groupBy: [YEAR]
        where: $goingOn
        orderBy: [{ year: DESC }]
        first: 200
      ) {
        nodes {
          ...Censored
        }
      }
    }
  `,
  [CENSORED],
);

export type Counts = ResultOf<typeof COUNTS>;
export type Years = ResultOf<typeof YEARS>;

/** Asks what the time bar shows; apart from the filters, since years take longer to count. */
export function askYears(question: Question) {
  const where = supportFilter(question, ["time"]);
  const begunBefore = { and: [where, { startCensored: { eq: true } }] };
  const goingOn = { and: [where, { endCensored: { eq: true } }] };
  return asked(YEARS, { where, begunBefore, goingOn }, question.asOf);
}

/** Whether the view goes further than the supports of the actors that it is around. */
function isFar({ view, around, hops }: Question): boolean {
  return IN_HOPS.has(view) && around.length > 0 && hops > 1;
}

/** Asks what the left pane shows. */
export function askCounts(question: Question) {
  return asked(
    COUNTS,
    {
      shown: supportFilter(question),
      choices: supportFilter(question, ["kinds", "phases", "datasets"]),
      conflicts: supportFilter(question, ["conflicts"]),
      chosenConflicts: question.conflicts,
      // No filter of supports says how many hops away they are: the network itself does.
      isFar: isFar(question),
      around: question.around.map((slug) => ({ slug })),
      hops: question.hops,
      far: supportFilter(question, ["around"]),
    },
    question.asOf,
  );
}

type Choice = "kinds" | "phases" | "datasets";
type Group = Counts["choices"]["nodes"][number];

/** Counts that a choice of one filter has, under what the other two have chosen. */
export class ChoiceCounts {
  private readonly sums: Record<Choice, Map<string, number>> = {
    kinds: new Map(),
    phases: new Map(),
    datasets: new Map(),
  };

  constructor(
    groups: readonly Group[],
    private readonly question: Question,
    private readonly kinds: KindTree,
  ) {
    for (const group of groups) this.add(group);
  }

  kind(kind: string): number {
    return this.kinds.under(kind).reduce((sum, each) => sum + this.kindAlone(each), 0);
  }

  /** Supports of the kind itself, without narrower ones. */
  kindAlone(kind: string): number {
    return this.sums.kinds.get(kind) ?? 0;
  }

  phase(phase: string): number {
    return this.sums.phases.get(phase) ?? 0;
  }

  dataset(slug: string): number {
    return this.sums.datasets.get(slug) ?? 0;
  }

  /** Adds the supports of a group where the other two filters let it through. */
  private add(group: Group): void {
    const { kinds, phases, datasets } = this.question;
    const [kind, phase, dataset] = [group.kind ?? "", group.phase, group.dataset?.slug ?? ""];
    const isOfKinds = kinds.length === 0 || this.isChosen(kind);
    const isOfPhases = phases.length === 0 || phases.includes(phase);
    const isOfDatasets = datasets.length === 0 || datasets.includes(dataset);
    const supports = group.certain.supports + supportsOnce(group);
    const addTo = (sums: Map<string, number>, name: string) =>
      sums.set(name, (sums.get(name) ?? 0) + supports);
    if (isOfPhases && isOfDatasets) addTo(this.sums.kinds, kind);
    if (isOfKinds && isOfDatasets) addTo(this.sums.phases, phase);
    if (isOfKinds && isOfPhases) addTo(this.sums.datasets, dataset);
  }

  private isChosen(kind: string): boolean {
    const above = this.kinds.above(kind);
    return this.question.kinds.some((choice) =>
      choice.under ? above.includes(choice.kind) : choice.kind === kind,
    );
  }
}

/** Not grouped by supporter, a support that some of several candidates give is counted once. */
function supportsOnce(group: Pick<Group, "possible">): number {
  return group.possible.supports;
}

/**
 * How many supports the data cut off, by the year in which they do: that of each data set and phase
 * which comes first in `totals`.
 */
export function censoredByYear(totals: Years["goingOn"]["nodes"]): Map<number, number> {
  const seen = new Set<string>();
  const sums = new Map<number, number>();
  for (const { year, phase, dataset, certain, possible } of totals) {
    const key = `${dataset?.slug} ${phase}`;
    if (year === null || seen.has(key)) continue;
    seen.add(key);
    sums.set(year, (sums.get(year) ?? 0) + certain.supports + possible.supports);
  }
  return sums;
}

/** Supports that are certainly valid in each year, from the first year to the last. */
export function supportsByYear(years: Years["years"]["nodes"]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { year, certain, possible } of years) {
    if (year === null) continue;
    sums.set(year, (sums.get(year) ?? 0) + certain.supports + possible.supports);
  }
  return sums;
}

export interface ConflictCount {
  slug: string;
  name: string;
  supports: number;
}

/** The conflicts that supports here are given within, that of the most supports first. */
export function conflictCounts({ conflicts, chosenConflicts }: Counts): ConflictCount[] {
  const counts = new Map<string, ConflictCount>();
  const countOf = (conflict: { slug: string; name: string }) => {
    const known = counts.get(conflict.slug) ?? { ...conflict, supports: 0 };
    counts.set(conflict.slug, known);
    return known;
  };
  for (const { conflict, certain, possible } of conflicts.nodes) {
    if (conflict) countOf(conflict).supports += certain.supports + possible.supports;
  }
  // What is chosen can be taken back, also where nothing of it is left.
  chosenConflicts.nodes.forEach(countOf);
  return [...counts.values()].sort((one, other) => other.supports - one.supports);
}

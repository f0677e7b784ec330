/** Computes how many supports each choice of a filter would show, from one query of totals. */

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

/**
 * Builds the query of the time bar. It is separate from the query of the filters, because counting
 * by year takes longer.
 */
export function askYears(question: Question) {
  const where = supportFilter(question, ["time"]);
  const begunBefore = { and: [where, { startCensored: { eq: true } }] };
  const goingOn = { and: [where, { endCensored: { eq: true } }] };
  return asked(YEARS, { where, begunBefore, goingOn }, question.asOf);
}

/** Whether the view shows more than the supports of the actors that it is around. */
function isFar({ view, around, hops }: Question): boolean {
  return IN_HOPS.has(view) && around.length > 0 && hops > 1;
}

/** Builds the query of the left pane. */
export function askCounts(question: Question) {
  return asked(
    COUNTS,
    {
      shown: supportFilter(question),
      choices: supportFilter(question, ["kinds", "phases", "datasets"]),
      conflicts: supportFilter(question, ["conflicts"]),
      chosenConflicts: question.conflicts,
      // No filter of supports is by hops, so the number comes from the network.
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

/** The counts of the choices of three filters: each filter's under the choices of the other two. */
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

  /**
   * Adds the supports of a group to the count of each filter whose two other filters include it.
   */
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

/**
 * The possible supports of a group. These groups are not by supporter, so a support with several
 * candidates counts once.
 */
function supportsOnce(group: Pick<Group, "possible">): number {
  return group.possible.supports;
}

/**
 * The number of censored supports by the year in which their data begin or end: for each data set
 * and phase, the year that comes first in `totals`.
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

/** The number of supports that are certainly valid in each year, possible supporters included. */
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

/**
 * The conflicts to which the supports belong, with their numbers of supports, the largest first.
 */
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
  // A chosen conflict is listed even without supports, so that the user can remove it.
  chosenConflicts.nodes.forEach(countOf);
  return [...counts.values()].sort((one, other) => other.supports - one.supports);
}

/**
 * The queries that count how many supports each choice of "Who says so", and each grade, would
 * show.
 */

import { asked } from "../api/client";
import { graphql } from "../api/graphql";
import { supportFilter } from "../question/filter";
import type { Attribution, Credibility, Question, Reliability } from "../question/question";

const COUNT = graphql(`
  fragment Count on SupportConnection @_unmask {
    totalCount
  }
`);

const WHO_COUNTS = graphql(
  `
    query WhoCounts(
      $contested: SupportFilter
      $certain: SupportFilter
      $someOf: SupportFilter
      $unknown: SupportFilter
    ) {
      contested: supports(first: 1, where: $contested) {
        ...Count
      }
      certain: supports(first: 1, where: $certain) {
        ...Count
      }
      someOf: supports(first: 1, where: $someOf) {
        ...Count
      }
      unknown: supports(first: 1, where: $unknown) {
        ...Count
      }
    }
  `,
  [COUNT],
);

// Totals cannot be grouped by what is computed from the evidence, so each grade needs a count of
// its own. Two queries, so that the first counts arrive in half the time.
const RELIABILITY_COUNTS = graphql(
  `
    query ReliabilityCounts(
      $reliabilityA: SupportFilter
      $reliabilityB: SupportFilter
      $reliabilityC: SupportFilter
      $reliabilityD: SupportFilter
      $reliabilityE: SupportFilter
      $reliabilityF: SupportFilter
    ) {
      reliabilityA: supports(first: 1, where: $reliabilityA) {
        ...Count
      }
      reliabilityB: supports(first: 1, where: $reliabilityB) {
        ...Count
      }
      reliabilityC: supports(first: 1, where: $reliabilityC) {
        ...Count
      }
      reliabilityD: supports(first: 1, where: $reliabilityD) {
        ...Count
      }
      reliabilityE: supports(first: 1, where: $reliabilityE) {
        ...Count
      }
      reliabilityF: supports(first: 1, where: $reliabilityF) {
        ...Count
      }
    }
  `,
  [COUNT],
);

const CREDIBILITY_COUNTS = graphql(
  `
    query CredibilityCounts(
      $credibility1: SupportFilter
      $credibility2: SupportFilter
      $credibility3: SupportFilter
      $credibility4: SupportFilter
      $credibility5: SupportFilter
      $credibility6: SupportFilter
    ) {
      credibility1: supports(first: 1, where: $credibility1) {
        ...Count
      }
      credibility2: supports(first: 1, where: $credibility2) {
        ...Count
      }
      credibility3: supports(first: 1, where: $credibility3) {
        ...Count
      }
      credibility4: supports(first: 1, where: $credibility4) {
        ...Count
      }
      credibility5: supports(first: 1, where: $credibility5) {
        ...Count
      }
      credibility6: supports(first: 1, where: $credibility6) {
        ...Count
      }
    }
  `,
  [COUNT],
);

/**
 * Builds the query that counts each choice of "Who says so" under the choices of the other filters.
 */
export function askWhoCounts(question: Question) {
  const attribution = (term: Attribution) => supportFilter({ ...question, attributions: [term] });
  return asked(
    WHO_COUNTS,
    {
      contested: supportFilter({ ...question, contested: true }),
      certain: attribution("CERTAIN"),
      someOf: attribution("SOME_OF"),
      unknown: attribution("UNKNOWN"),
    },
    question.asOf,
  );
}

/** Builds the query that counts each grade of sources under the choices of the other filters. */
export function askReliabilityCounts(question: Question) {
  const reliability = (grade: Reliability) => supportFilter({ ...question, grades: [grade] });
  return asked(
    RELIABILITY_COUNTS,
    {
      reliabilityA: reliability("A"),
      reliabilityB: reliability("B"),
      reliabilityC: reliability("C"),
      reliabilityD: reliability("D"),
      reliabilityE: reliability("E"),
      reliabilityF: reliability("F"),
    },
    question.asOf,
  );
}

/** Builds the same query for the grades of statements. */
export function askCredibilityCounts(question: Question) {
  const credibility = (grade: Credibility) =>
    supportFilter({ ...question, credibilities: [grade] });
  return asked(
    CREDIBILITY_COUNTS,
    {
      credibility1: credibility(1),
      credibility2: credibility(2),
      credibility3: credibility(3),
      credibility4: credibility(4),
      credibility5: credibility(5),
      credibility6: credibility(6),
    },
    question.asOf,
  );
}

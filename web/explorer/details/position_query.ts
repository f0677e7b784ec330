/** The query for the positions of an actor. */

import { asked } from "../api/client";
import { graphql, type ResultOf } from "../api/graphql";
import { supportFilter } from "../question/filter";
import type { Question } from "../question/question";
import type { Measure } from "../views/totals/measure";

const POSITION = graphql(`
  query Position(
    $slug: String!
    $unit: String
    $from: Int
    $until: Int
    $where: SupportFilter
    $received: SupportFilter
  ) {
    actor(by: { slug: $slug }) {
      position(unit: $unit, from: $from, until: $until, where: $where, first: 100) {
        dataset {
          slug
          title
        }
        phase
        given
        received
        recipients
        suppliers
        undated
        kinds {
          kind
          given
          received
          recipients
          suppliers
        }
        supply {
          total
          unknownAmount
          unknownSupplier
          suppliers
          largestSupplier {
            slug
            name
          }
          tied
          largestShare
          herfindahl
        }
      }
    }
    units: supportTotals(groupBy: [UNIT], where: $received, first: 200) {
      nodes {
        quantityUnit
        worthUnit
        worthCurrency
      }
    }
  }
`);

type Answer = ResultOf<typeof POSITION>;
export type ActorPosition = NonNullable<Answer["actor"]>["position"][number];

/**
 * Builds the query for the positions of an actor under the question's filters, with shares by
 * `measure`.
 */
export function askPosition(question: Question, slug: string, measure: Measure) {
  const where = supportFilter(question, ["around", "time"]);
  const { from, to: until, asOf } = question;
  const received = { and: [where, { recipient: { slug: { eq: slug } } }] };
  return asked(POSITION, { slug, unit: unitOf(measure), from, until, where, received }, asOf);
}

function unitOf(measure: Measure): string | null {
  if (measure.of === "supports") return null;
  return "currency" in measure ? measure.currency : measure.unit;
}

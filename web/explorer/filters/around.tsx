import { asked } from "../api/client";
import { graphql } from "../api/graphql";
import { useAnswer } from "../api/use_answer";
import { IN_HOPS, MOST_HOPS, type Question } from "../question/question";
import type { Change } from "../question/use_question";
import { Name } from "../text/name";
import { words } from "../words";
import { toggle } from "./choose";

const HOPS = Array.from({ length: MOST_HOPS }, (_, index) => index + 1);

const NAMES = graphql(`
  query Names($slugs: [String!], $first: Int!) {
    actors(where: { slug: { in: $slugs } }, first: $first) {
      nodes {
        slug
        name
      }
    }
  }
`);

/** The actors that the view is around, and the number of hops from them. */
export function Around({ question, change }: { question: Question; change: Change }) {
  const { around, hops, view } = question;
  const names = useNames(question);
  if (around.length === 0) return null;
  return (
    <div className="around">
      <h3>{words.filters.around}</h3>
      <ul className="chips">
        {around.map((slug) => {
          // A slug without an actor is listed as well, so that the user can remove it.
          const name = names.get(slug) ?? slug;
          return (
            <li key={slug}>
              <button
                type="button"
                className="chip"
                aria-label={words.filters.remove(name)}
                onClick={() => change({ around: toggle(around, slug) })}
              >
                <Name>{name}</Name> <span aria-hidden="true">×</span>
              </button>
            </li>
          );
        })}
      </ul>
      {IN_HOPS.has(view) && (
        <label className="hops">
          {words.filters.hops}{" "}
          <select value={hops} onChange={(event) => change({ hops: Number(event.target.value) })}>
            {HOPS.map((number) => (
              <option key={number}>{number}</option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

/** The names of these actors by their slugs. */
function useNames({ around, asOf }: Question): ReadonlyMap<string, string> {
  const question =
    around.length > 0 ? asked(NAMES, { slugs: around, first: around.length }, asOf) : null;
  const { data } = useAnswer(question, "after");
  return new Map(data?.actors.nodes.map(({ slug, name }) => [slug, name]));
}

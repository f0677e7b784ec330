import { asked } from "../../api/client";
import { graphql, type ResultOf } from "../../api/graphql";
import { words } from "../../words";
import { NamedField, type NamedProps } from "./named_field";

const ACTORS = graphql(`
  query ActorsCalled($text: String!) {
    search(text: $text, types: [ACTOR], first: 8) {
      nodes {
        text
        record {
          __typename
          ... on Actor {
            slug
            name
            kind
          }
        }
      }
    }
  }
`);

/** An actor by name. */
export function ActorField(props: NamedProps) {
  return (
    <NamedField
      {...props}
      find={(text) => asked(ACTORS, { text })}
      suggestionsOf={actorsOf}
      kinds={words.actorKinds}
      newHint={words.record.newActor}
    />
  );
}

function actorsOf({ search }: ResultOf<typeof ACTORS>) {
  return search.nodes.flatMap(({ text, record }) => {
    if (record.__typename !== "Actor") return [];
    const { slug, name, kind } = record;
    // The search may have found an alias, such as one in another script.
    return [{ slug, name, kind, more: [words.actorKinds[kind], ...(text === name ? [] : [text])] }];
  });
}

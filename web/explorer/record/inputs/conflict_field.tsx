import { asked } from "../../api/client";
import { graphql, type ResultOf } from "../../api/graphql";
import { words } from "../../words";
import { NamedField, type NamedProps } from "./named_field";

const CONFLICTS = graphql(`
  query ConflictsCalled($text: String!) {
    search(text: $text, types: [CONFLICT], first: 8) {
      nodes {
        record {
          __typename
          ... on Conflict {
            slug
            name
            kind
            startedOn
            endedOn
          }
        }
      }
    }
  }
`);

/** A conflict by name. */
export function ConflictField(props: NamedProps) {
  return (
    <NamedField
      {...props}
      find={(text) => asked(CONFLICTS, { text })}
      suggestionsOf={conflictsOf}
      kinds={words.conflictKinds}
      newHint={words.record.newConflict}
    />
  );
}

function conflictsOf({ search }: ResultOf<typeof CONFLICTS>) {
  return search.nodes.flatMap(({ record }) => {
    if (record.__typename !== "Conflict") return [];
    const { slug, name, kind, startedOn, endedOn } = record;
    const years = [startedOn, endedOn].filter((day) => day !== null).join(" – ");
    return [{ slug, name, kind, more: [words.conflictKinds[kind], ...(years ? [years] : [])] }];
  });
}

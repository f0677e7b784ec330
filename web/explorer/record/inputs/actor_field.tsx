import { useDeferredValue } from "react";
import { asked } from "../../api/client";
import { graphql } from "../../api/graphql";
import { useAnswer } from "../../api/use_answer";
import { useCombobox } from "../../search/use_combobox";
import { words } from "../../words";
import { Field } from "./field";
import type { ActorChoice } from "../fields";
import { Suggestions } from "./suggestions";

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

interface Props {
  label: string;
  value: ActorChoice;
  errors: readonly string[];
  isOptional?: boolean;
  onChange: (actor: ActorChoice) => void;
}

/** An actor by name: one that exists, from suggestions in every script, or a new one with its kind. */
export function ActorField({ label, value, errors, isOptional, onChange }: Props) {
  const text = useDeferredValue(value.slug ? "" : value.name.trim());
  const { data } = useAnswer(/[\p{L}\p{N}]/u.test(text) ? asked(ACTORS, { text }) : null);
  const found = (data?.search.nodes ?? []).flatMap(({ text: called, record }) =>
    record.__typename === "Actor" ? [{ ...record, called }] : [],
  );
  const box = useCombobox({
    count: found.length,
    isAnswered: text !== "" && data !== null,
    choose: (place) => {
      const actor = found[place];
      if (actor) onChange({ name: actor.name, slug: actor.slug, kind: actor.kind });
    },
  });
  const isNew = value.slug === null && value.name.trim() !== "";
  return (
    <Field label={label} errors={errors} hint={isNew ? words.record.newActor : undefined}>
      {(described) => (
        <div className="combobox actor-field">
          <input
            {...described}
            {...box.inputProps}
            type="text"
            required={!isOptional}
            maxLength={300}
            dir="auto"
            value={value.name}
            onChange={(event) => {
              onChange({ ...value, name: event.target.value, slug: null });
              box.reopen();
            }}
          />
          <Suggestions
            box={box}
            found={found.map(({ slug, name, kind, called }) => ({
              key: slug,
              name,
              more: (
                <>
                  {words.actorKinds[kind]}
                  {called !== name && (
                    <>
                      {" · "}
                      <bdi>{called}</bdi>
                    </>
                  )}
                </>
              ),
            }))}
          />
          {isNew && (
            <select
              aria-label={words.record.kindOf(label)}
              value={value.kind}
              onChange={(event) => onChange({ ...value, kind: event.target.value })}
            >
              {Object.entries(words.actorKinds).map(([kind, name]) => (
                <option key={kind} value={kind}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </div>
      )}
    </Field>
  );
}

import { Fragment, useDeferredValue } from "react";
import type { Asked } from "../../api/client";
import { useAnswer } from "../../api/use_answer";
import { useCombobox } from "../../search/use_combobox";
import { words } from "../../words";
import { Field } from "./field";
import type { Named } from "../fields";
import { Suggestions } from "./suggestions";

/** An existing record as a suggestion. */
export interface Suggested extends Named {
  slug: string;
  /** Details that distinguish it from others with the same name. */
  more: readonly string[];
}

export interface NamedProps {
  label: string;
  value: Named;
  errors: readonly string[];
  isOptional?: boolean;
  onChange: (named: Named) => void;
}

interface Props<Answer> extends NamedProps {
  /** Builds the query that searches for records by the text. */
  find: (text: string) => Asked<Answer>;
  suggestionsOf: (answer: Answer) => Suggested[];
  /** The kinds for a new record, with their labels. */
  kinds: Readonly<Record<string, string>>;
  newHint: string;
}

/**
 * A field for a record by name: an existing one, from suggestions in every script, or a new one
 * with its kind.
 */
export function NamedField<Answer>(props: Props<Answer>) {
  const { label, value, errors, isOptional, onChange, find, suggestionsOf, kinds, newHint } = props;
  const text = useDeferredValue(value.slug ? "" : value.name.trim());
  const { data } = useAnswer(/[\p{L}\p{N}]/u.test(text) ? find(text) : null);
  const found = data ? suggestionsOf(data) : [];
  const box = useCombobox({
    count: found.length,
    isAnswered: text !== "" && data !== null,
    choose: (place) => {
      const chosen = found[place];
      if (chosen) onChange({ name: chosen.name, slug: chosen.slug, kind: chosen.kind });
    },
  });
  const isNew = value.slug === null && value.name.trim() !== "";
  return (
    <Field label={label} errors={errors} hint={isNew ? newHint : undefined}>
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
            found={found.map(({ slug, name, more }) => ({
              key: slug,
              name,
              more: more.map((each, place) => (
                <Fragment key={each}>
                  {place > 0 && " · "}
                  <bdi>{each}</bdi>
                </Fragment>
              )),
            }))}
          />
          {isNew && (
            <select
              aria-label={words.record.kindOf(label)}
              value={value.kind}
              onChange={(event) => onChange({ ...value, kind: event.target.value })}
            >
              {Object.entries(kinds).map(([kind, name]) => (
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

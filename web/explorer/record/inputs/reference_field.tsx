import { useDeferredValue, useState } from "react";
import type { Asked } from "../../api/client";
import { useAnswer } from "../../api/use_answer";
import { useCombobox } from "../../search/use_combobox";
import { words } from "../../words";
import { Field } from "./field";
import type { Chosen } from "../fields";
import { Suggestions } from "./suggestions";

/** A suggestion, with details that distinguish it from others with the same name. */
export interface Suggestion extends Chosen {
  more?: string | undefined;
}

interface Props<Answer> {
  label: string;
  value: Chosen | null;
  errors: readonly string[];
  /** Builds the query that searches for records by the text. */
  find: (text: string) => Asked<Answer>;
  suggestionsOf: (answer: Answer) => Suggestion[];
  hint?: string;
  onChange: (chosen: Chosen | null) => void;
}

const text = words.record;

/** A field for an existing record, chosen from suggestions; empty for none. */
export function ReferenceField<Answer>(props: Props<Answer>) {
  const { label, value, errors, find, suggestionsOf, hint, onChange } = props;
  const [typed, setTyped] = useState("");
  const wanted = useDeferredValue(typed.trim());
  const { data } = useAnswer(/[\p{L}\p{N}]/u.test(wanted) ? find(wanted) : null);
  const found = data ? suggestionsOf(data) : [];
  const box = useCombobox({
    count: found.length,
    isAnswered: wanted !== "" && data !== null,
    choose: (place) => {
      const chosen = found[place];
      if (chosen) onChange({ id: chosen.id, text: chosen.text });
      setTyped("");
    },
  });
  const isNone = box.isShown && found.length === 0;
  return (
    <Field label={label} errors={errors} hint={isNone ? text.noneFound : hint}>
      {(described) => (
        <div className="combobox actor-field">
          <input
            {...described}
            {...box.inputProps}
            type="text"
            dir="auto"
            // Text without a chosen suggestion references no record: the form must not drop it
            // silently.
            ref={(input) => input?.setCustomValidity(typed.trim() ? text.chooseSuggestion : "")}
            value={value ? value.text : typed}
            onChange={({ target }) => {
              if (value) onChange(null);
              setTyped(target.value);
              box.reopen();
            }}
          />
          <Suggestions
            box={box}
            found={found.map(({ id, text: name, more }) => ({ key: id, name, more }))}
          />
        </div>
      )}
    </Field>
  );
}

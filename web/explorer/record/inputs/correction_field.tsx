import { useDeferredValue, useState } from "react";
import { useAnswer } from "../../api/use_answer";
import { useCombobox } from "../../search/use_combobox";
import { words } from "../../words";
import { askStatementsSaying } from "../correction_query";
import { Field } from "./field";
import type { Chosen } from "../fields";
import { Suggestions } from "./suggestions";

interface Props {
  value: Chosen | null;
  errors: readonly string[];
  choose: (id: string) => void;
  clear: () => void;
}

const text = words.record;

/** The earlier statement that this one corrects or withdraws, found by a search for its text. */
export function CorrectionField({ value, errors, choose, clear }: Props) {
  const [typed, setTyped] = useState("");
  const wanted = useDeferredValue(typed.trim());
  const { data } = useAnswer(/[\p{L}\p{N}]/u.test(wanted) ? askStatementsSaying(wanted) : null);
  const found = (data?.search.nodes ?? []).flatMap(({ record }) =>
    record.__typename === "Statement" ? [record] : [],
  );
  const box = useCombobox({
    count: found.length,
    isAnswered: wanted !== "" && data !== null,
    choose: (place) => {
      const statement = found[place];
      if (statement) choose(statement.id);
      setTyped("");
    },
  });
  if (value) {
    return (
      <div className="corrected">
        <p className="quiet">{text.correctsThis}</p>
        <blockquote dir="auto">{value.text}</blockquote>
        <p className="quiet">{text.withdraw}</p>
        {errors.map((each) => (
          <p key={each} className="wrong" tabIndex={-1}>
            {each}
          </p>
        ))}
        <button type="button" onClick={clear}>
          {text.correctsNothing}
        </button>
      </div>
    );
  }
  return (
    <Field label={text.corrects} errors={errors} hint={text.correctsHint}>
      {(described) => (
        <div className="combobox actor-field">
          <input
            {...described}
            {...box.inputProps}
            type="text"
            dir="auto"
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value);
              box.reopen();
            }}
          />
          <Suggestions
            box={box}
            found={found.map(({ id, text: name, speaker }) => ({
              key: id,
              name,
              more: <bdi>{speaker.name}</bdi>,
            }))}
          />
        </div>
      )}
    </Field>
  );
}

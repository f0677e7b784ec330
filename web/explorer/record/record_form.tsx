import { type FormEvent, useEffect, useRef, useState } from "react";
import { keep, kept } from "../api/kept";
import { useKinds } from "../kinds/kinds";
import { CREDIBILITIES, PHASES, RELIABILITIES } from "../question/question";
import { words } from "../words";
import { ActorField } from "./actor_field";
import { type Errors, errorsOf, errorsOfRequest } from "./errors";
import { Field } from "./field";
import {
  type ActorChoice,
  type FieldName,
  type Fields,
  FIRST_FIELDS,
  inputOf,
  STANCES,
  UNITS,
} from "./fields";
import { newKey, record, type Recorded } from "./record_query";

type TextName = { [Name in FieldName]: Fields[Name] extends string ? Name : never }[FieldName];
type ActorName = {
  [Name in FieldName]: Fields[Name] extends ActorChoice ? Name : never;
}[FieldName];

const text = words.record;

/** One statement with what it claims: source, words, claim, and the token that allows to write. */
export function RecordForm({ onRecorded }: { onRecorded: (recorded: Recorded) => void }) {
  const kinds = useKinds();
  const [fields, setFields] = useState<Fields>(FIRST_FIELDS);
  const [token, setToken] = useState(() => kept("session", "token"));
  const [errors, setErrors] = useState<Errors>({});
  const [isSending, setSending] = useState(false);
  const sent = useRef({ input: "", key: "" });
  const form = useRef<HTMLFormElement>(null);

  const set = (parts: Partial<Fields>) => setFields((now) => ({ ...now, ...parts }));
  // Once the page has marked them: the first is what a person goes on with.
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid], .wrong")?.focus();
  }, [errors]);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    keep("session", "token", token.trim());
    const input = inputOf(fields);
    const asText = JSON.stringify(input);
    // Sent again without a change, it is the same write: that is what the key says.
    if (sent.current.input !== asText) sent.current = { input: asText, key: newKey() };
    setSending(true);
    setErrors({});
    try {
      const recorded = await record(input, token.trim(), sent.current.key);
      if (recorded.errors.length > 0) setErrors(errorsOf(recorded.errors));
      else onRecorded(recorded);
    } catch (error) {
      setErrors(errorsOfRequest(error));
    } finally {
      setSending(false);
    }
  };

  const wrong = (name: keyof Errors) => errors[name] ?? [];
  const textField = (name: TextName, label: string, more: TextOptions = {}) => (
    <Field label={label} errors={wrong(name)} hint={more.hint}>
      {(described) => (
        <input
          {...described}
          type="text"
          autoComplete="off"
          dir="auto"
          required={more.required}
          inputMode={more.inputMode}
          placeholder={more.placeholder}
          value={fields[name]}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  const choiceField = (name: TextName, label: string, options: readonly Option[]) => (
    <Field label={label} errors={wrong(name)}>
      {(described) => (
        <select
          {...described}
          required={options[0]?.[0] === "" && name === "kind"}
          value={fields[name]}
          onChange={(event) => set({ [name]: event.target.value })}
        >
          {options.map(([value, label_of_it]) => (
            <option key={value} value={value}>
              {label_of_it}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const actorField = (name: ActorName, label: string) => (
    <ActorField
      label={label}
      value={fields[name]}
      errors={wrong(name)}
      onChange={(actor) => set({ [name]: actor })}
    />
  );
  const kindOptions: Option[] = kinds.kinds.map(({ kind, label }) => [
    kind,
    `${"\u2003".repeat(kinds.above(kind).length - 1)}${label}`,
  ]);
  return (
    <form ref={form} className="record-form" onSubmit={(event) => void send(event)}>
      <fieldset>
        <legend>{text.source}</legend>
        {textField("sourceTitle", text.sourceTitle, { required: true })}
        {textField("sourceUrl", text.sourceUrl, { inputMode: "url", placeholder: "https://" })}
        <div className="fields-row">
          {textField("publishedOn", text.publishedOn, { placeholder: "2024-10-28" })}
          {choiceField("reliability", text.reliability, [
            ["", text.ungraded],
            ...RELIABILITIES.map((each): Option => [
              each,
              `${each} · ${words.reliabilities[each]}`,
            ]),
          ])}
        </div>
      </fieldset>
      <fieldset>
        <legend>{text.said}</legend>
        {actorField("speaker", text.speaker)}
        <Field label={text.words} errors={wrong("text")}>
          {(described) => (
            <textarea
              {...described}
              required
              rows={3}
              dir="auto"
              value={fields.text}
              onChange={(event) => set({ text: event.target.value })}
            />
          )}
        </Field>
        <label className="choice">
          <input
            type="checkbox"
            checked={fields.quoted}
            onChange={(event) => set({ quoted: event.target.checked })}
          />
          <span>{text.quoted}</span>
        </label>
        <div className="fields-row">
          {textField("saidOn", text.saidOn, { placeholder: "2024-10-28" })}
          {choiceField("credibility", text.credibility, [
            ["", text.ungraded],
            ...CREDIBILITIES.map((each): Option => [
              String(each),
              `${each} · ${words.credibilities[each - 1]}`,
            ]),
          ])}
        </div>
      </fieldset>
      <fieldset>
        <legend>{text.claim}</legend>
        {choiceField(
          "stance",
          text.stance,
          STANCES.map((each) => [each, words.stances[each]]),
        )}
        <div className="fields-row">
          {actorField("supporter", text.supporter)}
          {actorField("recipient", text.recipient)}
        </div>
        <div className="fields-row">
          {choiceField("kind", text.kind, [["", text.choose], ...kindOptions])}
          {choiceField(
            "phase",
            text.phase,
            PHASES.map((each) => [each, words.phases[each]]),
          )}
        </div>
        <div className="fields-row">
          {textField("amount", text.amount, { inputMode: "decimal", placeholder: "12000" })}
          {choiceField(
            "unit",
            text.unit,
            UNITS.map((each) => [each, text.units[each]]),
          )}
          {fields.unit === "MONEY" && textField("currency", text.currency)}
        </div>
        {textField("startedOn", text.startedOn, { placeholder: "2024-10", hint: text.dates })}
      </fieldset>
      <fieldset>
        <legend>{text.token}</legend>
        <Field label={text.tokenLabel} errors={wrong("token")} hint={text.tokenHint}>
          {(described) => (
            <input
              {...described}
              type="password"
              autoComplete="off"
              required
              value={token}
              onChange={(event) => setToken(event.target.value)}
            />
          )}
        </Field>
      </fieldset>
      {wrong("whole").map((each) => (
        <p key={each} className="wrong" role="alert" tabIndex={-1}>
          {each}
        </p>
      ))}
      <Preview fields={fields} />
      <p className="state-actions">
        <button type="submit" className="primary" disabled={isSending}>
          {isSending ? text.sending : text.send}
        </button>
      </p>
    </form>
  );
}

type Option = readonly [value: string, label: string];

interface TextOptions {
  required?: boolean;
  placeholder?: string;
  hint?: string;
  inputMode?: "url" | "decimal";
}

/** What will be recorded, as a sentence. */
function Preview({ fields }: { fields: Fields }) {
  const kinds = useKinds();
  const { supporter, recipient, speaker, kind } = fields;
  if (!supporter.name || !recipient.name || !kind) return null;
  return (
    <p className="preview">
      <span className="quiet">{text.preview}</span>{" "}
      <bdi>
        {text.sentence({
          speaker: speaker.name || words.table.unknown,
          stance: words.stances[fields.stance as (typeof STANCES)[number]],
          supporter: supporter.name,
          recipient: recipient.name,
          kind: kinds.label(kind),
          phase: words.phases[fields.phase as (typeof PHASES)[number]],
        })}
      </bdi>
    </p>
  );
}

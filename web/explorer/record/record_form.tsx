import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { ask } from "../api/client";
import { keep, kept } from "../api/kept";
import { useKinds } from "../kinds/kinds";
import { CREDIBILITIES, RELIABILITIES } from "../question/question";
import { words } from "../words";
import { ActorField } from "./inputs/actor_field";
import { ActorList } from "./inputs/actor_list";
import { ClaimFields } from "./claim_fields";
import { CheckField, ChoiceField, type Option, TextField } from "./inputs/controls";
import { correcting } from "./correction";
import { CorrectionField } from "./inputs/correction_field";
import { askCorrected } from "./correction_query";
import { type Errors, errorsOf, errorsOfRequest } from "./errors";
import { Field } from "./inputs/field";
import { type Claim, type Fields, FIRST_CLAIM, FIRST_FIELDS, inputOf } from "./fields";
import { Preview } from "./preview";
import { newKey, record, type Recorded } from "./record_query";
import { useDraft } from "./use_draft";

interface Props {
  /** The values that the form starts with; they override those of the draft. */
  begun: Partial<Fields>;
  onRecorded: (recorded: Recorded) => void;
}

const text = words.record;
const UNGRADED: Option = ["", text.ungraded];
const RELIABILITY_OPTIONS = [
  UNGRADED,
  ...RELIABILITIES.map((each): Option => [each, `${each} · ${words.reliabilities[each]}`]),
];
const CREDIBILITY_OPTIONS = [
  UNGRADED,
  ...CREDIBILITIES.map((each): Option => [
    String(each),
    `${each} · ${words.credibilities[each - 1]}`,
  ]),
];

/** The form for a statement: its source, its text, its claims, and the token for writing. */
export function RecordForm({ begun, onRecorded }: Props) {
  const kinds = useKinds();
  const [fields, setFields] = useDraft(begun);
  const [token, setToken] = useState(() => kept("session", "token"));
  const [errors, setErrors] = useState<Errors>({});
  const [isSending, setSending] = useState(false);
  const sent = useRef({ input: "", key: "" });
  const form = useRef<HTMLFormElement>(null);
  const set = (parts: Partial<Fields>) => setFields((now) => ({ ...now, ...parts }));
  const setClaim = (place: number, parts: Partial<Claim>) =>
    setFields((now) => ({
      ...now,
      claims: now.claims.map((claim, each) => (each === place ? { ...claim, ...parts } : claim)),
    }));
  const wrong = (name: string) => errors[name] ?? [];

  // After the render that marks the errors: moves the focus to the first one.
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid], .wrong")?.focus();
  }, [errors]);

  const correct = async (id: string) => {
    try {
      const { statement } = await ask(askCorrected(id), new AbortController().signal);
      if (statement) set(correcting(statement, kinds));
    } catch (error) {
      setErrors(errorsOfRequest(error));
    }
  };
  const focusClaim = (place: number) =>
    requestAnimationFrame(() =>
      form.current?.querySelectorAll<HTMLElement>(".claim-fields > legend")[place]?.focus(),
    );
  const addClaim = () => {
    // Copies the actors of the last claim: most claims of one statement are about the same ones.
    const { supporter, recipient } = fields.claims.at(-1) ?? FIRST_CLAIM;
    set({ claims: [...fields.claims, { ...FIRST_CLAIM, supporter, recipient }] });
    focusClaim(fields.claims.length);
  };
  const removeClaim = (place: number) => {
    set({ claims: fields.claims.filter((_, each) => each !== place) });
    setErrors({});
    focusClaim(Math.max(place - 1, 0));
  };

  const send = async (event: FormEvent) => {
    event.preventDefault();
    keep("session", "token", token.trim());
    const input = inputOf(fields);
    const asText = JSON.stringify(input);
    // The same input keeps its idempotency key, so that the API records it once even if it is sent
    // again.
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
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
  };

  const { claims } = fields;
  // A correction may have no claims: it then withdraws the earlier statement.
  const canRemove = claims.length > 1 || fields.corrects !== null;
  return (
    <form
      ref={form}
      className="record-form"
      onSubmit={(event) => void send(event)}
      onKeyDown={onKeyDown}
    >
      <fieldset>
        <legend>{text.source}</legend>
        <TextField
          label={text.sourceTitle}
          required
          value={fields.sourceTitle}
          errors={wrong("sourceTitle")}
          onChange={(sourceTitle) => set({ sourceTitle })}
        />
        <TextField
          label={text.sourceUrl}
          inputMode="url"
          placeholder="https://"
          value={fields.sourceUrl}
          errors={wrong("sourceUrl")}
          onChange={(sourceUrl) => set({ sourceUrl })}
        />
        <div className="fields-row">
          <TextField
            label={text.publishedOn}
            placeholder="2024-10-28"
            value={fields.publishedOn}
            errors={wrong("publishedOn")}
            onChange={(publishedOn) => set({ publishedOn })}
          />
          <ChoiceField
            label={text.reliability}
            value={fields.reliability}
            errors={wrong("reliability")}
            options={RELIABILITY_OPTIONS}
            onChange={(reliability) => set({ reliability })}
          />
        </div>
        <ActorField
          label={text.publisher}
          isOptional
          value={fields.publisher}
          errors={wrong("publisher")}
          onChange={(publisher) => set({ publisher })}
        />
      </fieldset>
      <fieldset>
        <legend>{text.said}</legend>
        <ActorField
          label={text.speaker}
          value={fields.speaker}
          errors={wrong("speaker")}
          onChange={(speaker) => set({ speaker })}
        />
        <ActorField
          label={text.onBehalfOf}
          isOptional
          value={fields.onBehalfOf}
          errors={wrong("onBehalfOf")}
          onChange={(onBehalfOf) => set({ onBehalfOf })}
        />
        <Field label={text.words} errors={wrong("text")}>
          {(described) => (
            <textarea
              {...described}
              required
              rows={3}
              dir="auto"
              value={fields.text}
              onChange={({ target }) => set({ text: target.value })}
            />
          )}
        </Field>
        <CheckField
          label={text.quoted}
          checked={fields.quoted}
          onChange={(quoted) => set({ quoted })}
        />
        <div className="fields-row">
          <TextField
            label={text.saidOn}
            placeholder="2024-10-28"
            hint={text.dates}
            value={fields.saidOn}
            errors={wrong("saidOn")}
            onChange={(saidOn) => set({ saidOn })}
          />
          <ChoiceField
            label={text.credibility}
            value={fields.credibility}
            errors={wrong("credibility")}
            options={CREDIBILITY_OPTIONS}
            onChange={(credibility) => set({ credibility })}
          />
          <TextField
            label={text.language}
            hint={text.languageHint}
            value={fields.language}
            errors={wrong("language")}
            onChange={(language) => set({ language })}
          />
        </div>
        <div className="mentions" role="group" aria-label={text.mentions}>
          <ActorList
            actors={fields.mentions}
            fewest={0}
            labelOf={text.mention}
            addLabel={text.addMention}
            errorsOf={(place) => wrong(`mentions.${place}`)}
            onChange={(mentions) => set({ mentions })}
          />
        </div>
        <CorrectionField
          value={fields.corrects}
          errors={wrong("corrects")}
          choose={(id) => void correct(id)}
          clear={() =>
            set({ corrects: null, claims: claims.length > 0 ? claims : FIRST_FIELDS.claims })
          }
        />
      </fieldset>
      {claims.map((claim, place) => (
        <ClaimFields
          // Two empty claims differ only by their index.
          key={place}
          title={claims.length === 1 ? text.claim : text.claimOf(place + 1, claims.length)}
          claim={claim}
          wrong={(name) =>
            wrong(["claims", place, name].filter((part) => part !== undefined).join("."))
          }
          set={(parts) => setClaim(place, parts)}
          remove={canRemove ? () => removeClaim(place) : null}
        />
      ))}
      <p className="state-actions">
        <button type="button" onClick={addClaim}>
          {claims.length > 0 ? text.addClaim : text.claimAnything}
        </button>
      </p>
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
              onChange={({ target }) => setToken(target.value)}
            />
          )}
        </Field>
      </fieldset>
      {wrong("whole").map((each) => (
        <p key={each} className="wrong" role="alert" tabIndex={-1}>
          {each}
        </p>
      ))}
      <div className="record-foot">
        <Preview fields={fields} />
        <p className="state-actions">
          <button type="submit" className="primary" disabled={isSending}>
            {isSending ? text.sending : text.send}
          </button>
          {fields !== FIRST_FIELDS && (
            <button
              type="button"
              onClick={() => {
                setFields(() => FIRST_FIELDS);
                setErrors({});
              }}
            >
              {text.clear}
            </button>
          )}
        </p>
      </div>
    </form>
  );
}

import { useKinds } from "../kinds/kinds";
import { PHASES } from "../question/question";
import { words } from "../words";
import { ActorField } from "./inputs/actor_field";
import { Candidates } from "./candidates";
import { CheckField, ChoiceField, type Option, TextField } from "./inputs/controls";
import { ATTRIBUTIONS, type ClaimProps, STANCES, UNITS, WORTH_UNITS } from "./fields";
import { SupportMore } from "./support_more";

interface Props extends ClaimProps {
  title: string;
  /** Null if the claim is the only one and the statement needs one. */
  remove: (() => void) | null;
}

const text = words.record;
const STANCE_OPTIONS = STANCES.map((each): Option => [each, words.stances[each]]);
const PHASE_OPTIONS = PHASES.map((each): Option => [each, words.phases[each]]);
const WORTH_UNIT_OPTIONS = WORTH_UNITS.map((each): Option => [each, text.worthUnits[each]]);
const UNIT_OPTIONS = UNITS.map((each): Option => [each, text.units[each]]);

/** One claim: a stance, the support that it is about, and the amounts that the text states. */
export function ClaimFields({ title, claim, wrong, set, remove }: Props) {
  return (
    <fieldset className="claim-fields">
      <legend tabIndex={-1}>{title}</legend>
      {wrong().map((each) => (
        <p key={each} className="wrong" tabIndex={-1}>
          {each}
        </p>
      ))}
      <ChoiceField
        label={text.stance}
        value={claim.stance}
        errors={wrong("stance")}
        options={STANCE_OPTIONS}
        onChange={(stance) => set({ stance })}
      />
      {claim.support ? (
        <div className="known-support">
          <p>
            <span className="quiet">{text.sameSupport}</span> <bdi>{claim.support.text}</bdi>
          </p>
          <button type="button" onClick={() => set({ support: null })}>
            {text.otherSupport}
          </button>
        </div>
      ) : (
        <SupportFields claim={claim} wrong={wrong} set={set} />
      )}
      <Amounts claim={claim} wrong={wrong} set={set} />
      {remove && (
        <p className="state-actions">
          <button type="button" onClick={remove}>
            {text.remove(title)}
          </button>
        </p>
      )}
    </fieldset>
  );
}

/** The supporter or candidates, the recipient, the kind, the phase and the dates. */
function SupportFields({ claim, wrong, set }: ClaimProps) {
  const kinds = useKinds();
  const kindOptions = kinds.kinds.map(({ kind, label }): Option => [
    kind,
    `${" ".repeat(kinds.above(kind).length - 1)}${label}`,
  ]);
  return (
    <>
      <ChoiceField
        label={text.attribution}
        value={claim.attribution}
        errors={wrong("attribution")}
        options={ATTRIBUTIONS.map((each) => [each, text.attributions[each]])}
        onChange={(attribution) => set({ attribution })}
      />
      {claim.attribution === "CERTAIN" && (
        <ActorField
          label={text.supporter}
          value={claim.supporter}
          errors={wrong("supporter")}
          onChange={(supporter) => set({ supporter })}
        />
      )}
      {claim.attribution === "SOME_OF" && <Candidates claim={claim} wrong={wrong} set={set} />}
      <ActorField
        label={text.recipient}
        value={claim.recipient}
        errors={wrong("recipient")}
        onChange={(recipient) => set({ recipient })}
      />
      <div className="fields-row">
        <ChoiceField
          label={text.kind}
          required
          value={claim.kind}
          errors={wrong("kind")}
          options={[["", text.choose], ...kindOptions]}
          onChange={(kind) => set({ kind })}
        />
        <ChoiceField
          label={text.phase}
          value={claim.phase}
          errors={wrong("phase")}
          options={PHASE_OPTIONS}
          onChange={(phase) => set({ phase })}
        />
      </div>
      <div className="fields-row">
        <TextField
          label={text.startedOn}
          placeholder="2024-10"
          value={claim.startedOn}
          errors={wrong("startedOn")}
          onChange={(startedOn) => set({ startedOn })}
        />
        <TextField
          label={text.endedOn}
          value={claim.endedOn}
          errors={wrong("endedOn")}
          onChange={(endedOn) => set({ endedOn })}
        />
      </div>
      <SupportMore claim={claim} wrong={wrong} set={set} />
    </>
  );
}

/** The quantity and the worth that are claimed; each is a number or a range, or left out. */
function Amounts({ claim, wrong, set }: ClaimProps) {
  return (
    <>
      <div className="fields-row amounts">
        <TextField
          label={text.quantity}
          inputMode="decimal"
          placeholder="12000"
          value={claim.quantity}
          errors={wrong("quantity")}
          onChange={(quantity) => set({ quantity })}
        />
        <TextField
          label={text.upTo(text.quantity)}
          inputMode="decimal"
          value={claim.quantityTo}
          errors={wrong("quantityTo")}
          onChange={(quantityTo) => set({ quantityTo })}
        />
        <ChoiceField
          label={text.unit}
          value={claim.unit}
          errors={wrong("unit")}
          options={UNIT_OPTIONS}
          onChange={(unit) => set({ unit })}
        />
      </div>
      <div className="fields-row amounts">
        <TextField
          label={text.worth}
          inputMode="decimal"
          value={claim.worth}
          errors={wrong("worth")}
          onChange={(worth) => set({ worth })}
        />
        <TextField
          label={text.upTo(text.worth)}
          inputMode="decimal"
          value={claim.worthTo}
          errors={wrong("worthTo")}
          onChange={(worthTo) => set({ worthTo })}
        />
        <ChoiceField
          label={text.worthUnit}
          value={claim.worthUnit}
          errors={wrong("worthUnit")}
          options={WORTH_UNIT_OPTIONS}
          onChange={(worthUnit) => set({ worthUnit })}
        />
        {claim.worthUnit === "CURRENCY" && (
          <TextField
            label={text.currency}
            value={claim.currency}
            errors={wrong("currency")}
            onChange={(currency) => set({ currency })}
          />
        )}
      </div>
      {(claim.quantity || claim.quantityTo || claim.worth || claim.worthTo) && (
        <CheckField
          label={text.estimated}
          checked={claim.isEstimated}
          onChange={(isEstimated) => set({ isEstimated })}
        />
      )}
      <TextField
        label={text.note}
        value={claim.note}
        errors={wrong("note")}
        onChange={(note) => set({ note })}
      />
    </>
  );
}

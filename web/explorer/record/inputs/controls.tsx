import { Field } from "./field";

interface Props {
  label: string;
  value: string;
  errors: readonly string[];
  onChange: (value: string) => void;
  hint?: string | undefined;
  required?: boolean;
}

interface TextProps extends Props {
  placeholder?: string;
  inputMode?: "url" | "decimal";
}

/** A text input with its label. */
export function TextField({ label, value, errors, onChange, hint, ...more }: TextProps) {
  return (
    <Field label={label} errors={errors} hint={hint}>
      {(described) => (
        <input
          {...described}
          {...more}
          type="text"
          autoComplete="off"
          dir="auto"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}

export type Option = readonly [value: string, label: string];

interface ChoiceProps extends Props {
  options: readonly Option[];
}

/** A select of terms. An option with an empty value stands for "not chosen yet". */
export function ChoiceField(props: ChoiceProps) {
  const { label, value, errors, onChange, hint, required, options } = props;
  return (
    <Field label={label} errors={errors} hint={hint}>
      {(described) => (
        <select
          {...described}
          required={required}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        >
          {options.map(([term, name]) => (
            <option key={term} value={term}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface CheckProps {
  label: string;
  checked: boolean;
  errors?: readonly string[];
  onChange: (checked: boolean) => void;
}

/** A checkbox with its label. */
export function CheckField({ label, checked, errors = [], onChange }: CheckProps) {
  return (
    <div>
      <label className="choice">
        <input
          type="checkbox"
          aria-invalid={errors.length > 0 || undefined}
          checked={checked}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span>{label}</span>
      </label>
      {errors.map((each) => (
        <p key={each} className="wrong" role="alert">
          {each}
        </p>
      ))}
    </div>
  );
}

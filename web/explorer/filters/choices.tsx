import type { ReactNode } from "react";
import { Name } from "../text/name";
import { formatNumber } from "../words";

interface ChoicesProps {
  legend: string;
  children: ReactNode;
}

/** A group of choices under its name. */
export function Choices({ legend, children }: ChoicesProps) {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}

interface ChoiceProps {
  label: string;
  checked: boolean;
  onChange: () => void;
  /** The number of supports that the choice would show; undefined until it has loaded. */
  count?: number | undefined;
  mark?: ReactNode;
  hint?: string;
  isPartly?: boolean;
}

/** A checkbox with its mark, its label and its count. */
export function Choice({ label, checked, onChange, count, mark, hint, isPartly }: ChoiceProps) {
  return (
    <label className="choice" title={hint} data-none={count === 0 || undefined}>
      <input
        type="checkbox"
        checked={checked}
        onChange={onChange}
        ref={(box) => {
          if (box) box.indeterminate = isPartly === true && !checked;
        }}
      />
      {mark}
      <span className="choice-label">
        <Name>{label}</Name>
      </span>
      {count !== undefined && <span className="count">{formatNumber(count)}</span>}
    </label>
  );
}

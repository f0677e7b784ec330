import { type ReactNode, useId } from "react";

/** The attributes that connect a control with its label, its hint and its errors. */
interface Described {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface Props {
  label: string;
  errors: readonly string[];
  hint?: string | undefined;
  children: (described: Described) => ReactNode;
}

/** A control with its label above it and, below it, the API's errors on it. */
export function Field({ label, errors, hint, children }: Props) {
  const id = useId();
  const isWrong = errors.length > 0;
  const notes = [hint && `${id}-hint`, isWrong && `${id}-errors`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        "aria-describedby": notes || undefined,
        "aria-invalid": isWrong || undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="quiet">
          {hint}
        </p>
      )}
      {isWrong && (
        <p id={`${id}-errors`} className="wrong">
          {errors.join(" ")}
        </p>
      )}
    </div>
  );
}

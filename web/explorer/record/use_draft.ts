import { useEffect, useState } from "react";
import { keep, kept } from "../api/kept";
import { type Fields, FIRST_CLAIM, FIRST_FIELDS } from "./fields";

/** The storage key. It differs from the key of older drafts, whose fields had other types. */
export const DRAFT = "statement";

/**
 * The fields of the form, stored until the tab is closed: a dialog closed by mistake loses nothing.
 */
export function useDraft(
  begun: Partial<Fields>,
): [Fields, (change: (now: Fields) => Fields) => void] {
  const [fields, setFields] = useState(() => ({ ...read(), ...begun }));
  useEffect(() => {
    keep("session", DRAFT, fields === FIRST_FIELDS ? "" : JSON.stringify(fields));
  }, [fields]);
  return [fields, setFields];
}

function read(): Fields {
  const draft = kept("session", DRAFT);
  if (!draft) return FIRST_FIELDS;
  // Only this page writes the draft, but an earlier version of it may have, with fewer fields.
  const fields = { ...FIRST_FIELDS, ...(JSON.parse(draft) as Fields) };
  return { ...fields, claims: fields.claims.map((claim) => ({ ...FIRST_CLAIM, ...claim })) };
}

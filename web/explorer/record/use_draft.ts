import { useEffect, useState } from "react";
import { keep, kept } from "../api/kept";
import { type Fields, FIRST_CLAIM, FIRST_FIELDS } from "./fields";

/** The fields of the form. A dialog that closes by mistake loses nothing: the tab keeps them. */
export function useDraft(
  begun: Partial<Fields>,
): [Fields, (change: (now: Fields) => Fields) => void] {
  const [fields, setFields] = useState(() => ({ ...read(), ...begun }));
  useEffect(() => {
    keep("session", "draft", fields === FIRST_FIELDS ? "" : JSON.stringify(fields));
  }, [fields]);
  return [fields, setFields];
}

function read(): Fields {
  const draft = kept("session", "draft");
  if (!draft) return FIRST_FIELDS;
  // Only this page writes it, but an earlier version of it may have: with fewer fields.
  const fields = { ...FIRST_FIELDS, ...(JSON.parse(draft) as Fields) };
  return { ...fields, claims: fields.claims.map((claim) => ({ ...FIRST_CLAIM, ...claim })) };
}

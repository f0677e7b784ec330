import { useState } from "react";
import { addressOf } from "../question/address";
import type { Question } from "../question/question";
import { words } from "../words";

interface Props {
  question: Question;
  /** The revision that the view shows. */
  revision: number | null;
}

/** A citation of the view as of its revision: a link that shows the same in ten years. */
export function Cite({ question, revision }: Props) {
  const [isCopied, setCopied] = useState(false);
  const address = new URL(addressOf({ ...question, asOf: revision }), window.location.origin);
  const today = new Date().toISOString().slice(0, 10);
  const title = words.views[question.view];
  const text = words.actions.citation(title, revision ?? 0, address.href, today);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <>
      <button type="button" popoverTarget="cite" onClick={() => setCopied(false)}>
        {words.actions.cite}
      </button>
      <div
        id="cite"
        className="popover corner"
        popover="auto"
        role="dialog"
        aria-label={words.actions.cite}
      >
        <p className="citation">{text}</p>
        <button type="button" onClick={() => void copy()}>
          {isCopied ? words.actions.copied : words.actions.copy}
        </button>
      </div>
    </>
  );
}

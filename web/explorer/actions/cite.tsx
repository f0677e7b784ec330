import { useState } from "react";
import { useKinds } from "../kinds/kinds";
import { addressOf } from "../question/address";
import type { Question } from "../question/question";
import { words } from "../words";
import { citeAddress } from "./take_away";

interface Props {
  question: Question;
  /** The revision that the view shows. */
  revision: number | null;
}

/** A citation of the view as of its revision, whose link shows the same in ten years. */
export function Cite({ question, revision }: Props) {
  const kinds = useKinds();
  const [ofData, setOfData] = useState("");
  const [isCopied, setCopied] = useState(false);
  const address = new URL(addressOf({ ...question, asOf: revision }), window.location.origin);
  const today = new Date().toISOString().slice(0, 10);
  const title = words.views[question.view];
  const ofView = words.actions.citation(title, revision ?? 0, address.href, today);
  const open = async () => {
    setCopied(false);
    const answer = await fetch(citeAddress(question, kinds, "text", revision));
    setOfData(answer.ok ? await answer.text() : "");
  };
  const copy = async () => {
    await navigator.clipboard.writeText([ofView, ofData].join("\n\n"));
    setCopied(true);
  };
  return (
    <>
      <button type="button" popoverTarget="cite" onClick={() => void open()}>
        {words.actions.cite}
      </button>
      <div
        id="cite"
        className="popover corner"
        popover="auto"
        role="dialog"
        aria-label={words.actions.cite}
      >
        <h2>{words.actions.thisView}</h2>
        <p className="citation">{ofView}</p>
        {ofData && (
          <>
            <h2>{words.actions.thisData}</h2>
            <p className="citation">{ofData}</p>
          </>
        )}
        <p className="state-actions">
          {/* A browser has no clipboard for a page that is not served over HTTPS. */}
          {window.isSecureContext && (
            <button type="button" onClick={() => void copy()}>
              {isCopied ? words.actions.copied : words.actions.copy}
            </button>
          )}
          <a
            className="button"
            href={citeAddress(question, kinds, "bibtex", revision)}
            download="allygraph.bib"
          >
            {words.actions.bibtex}
          </a>
        </p>
      </div>
    </>
  );
}

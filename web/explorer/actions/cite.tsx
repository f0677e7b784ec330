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

/** The response of the citation endpoint for one address. */
interface Cited {
  asked: string;
  text: string;
  hasFailed: boolean;
}

const NOTHING_YET = { text: "", hasFailed: false };

/** A citation of the view. Its link names the revision, so that it always shows the same data. */
export function Cite({ question, revision }: Props) {
  const kinds = useKinds();
  const [cited, setCited] = useState<Cited | null>(null);
  const [isCopied, setCopied] = useState(false);
  const address = new URL(addressOf({ ...question, asOf: revision }), window.location.origin);
  const today = new Date().toISOString().slice(0, 10);
  const title = words.views[question.view];
  const ofView = words.actions.citation(title, revision ?? 0, address.href, today);
  const asked = citeAddress(question, kinds, "text", revision);
  // Ignores a citation that was loaded for another address.
  const { text: ofData, hasFailed } = cited?.asked === asked ? cited : NOTHING_YET;
  const open = async () => {
    setCopied(false);
    try {
      const answer = await fetch(asked);
      setCited({ asked, text: answer.ok ? await answer.text() : "", hasFailed: !answer.ok });
    } catch {
      setCited({ asked, text: "", hasFailed: true });
    }
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
        {hasFailed && (
          <p className="citation" role="alert">
            {words.actions.notCited}
          </p>
        )}
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

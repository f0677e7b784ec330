import "./record.css";

import { useEffect, useRef, useState } from "react";
import { keep, kept } from "../api/kept";
import { askAgain } from "../api/answers";
import { useAnswer } from "../api/use_answer";
import { useKinds } from "../kinds/kinds";
import { NO_FILTERS, type Selection } from "../question/question";
import type { Change } from "../question/use_question";
import { Failure } from "../views/states";
import { words } from "../words";
import { correcting } from "./correction";
import { askCorrected } from "./correction_query";
import { RecordForm } from "./record_form";
import type { Recorded } from "./record_query";
import { RecordedNotice } from "./recorded";
import { DRAFT } from "./use_draft";

interface Props {
  change: Change;
  close: () => void;
  /** Id of the statement to correct; null to record one that corrects none. */
  corrects: string | null;
}

/** A dialog over the page with the form, and then the notice that the statement is recorded. */
export default function RecordDialog({ change, close, corrects }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [recorded, setRecorded] = useState<Recorded | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => dialog.current?.showModal(), []);
  const kinds = useKinds();
  const corrected = useAnswer(corrects === null ? null : askCorrected(corrects));
  const statement = corrected.data?.statement;
  const begun = statement ? correcting(statement, kinds) : {};
  const isReady = corrects === null || corrected.data !== null;
  const onRecorded = (answer: Recorded) => {
    setRecorded(answer);
    askAgain();
    // No filter may hide the new statement.
    change({ ...NO_FILTERS, around: [], asOf: null, selected: selectionOf(answer) });
  };
  const again = (isNew: boolean) => {
    if (isNew) keep("session", DRAFT, "");
    setRecorded(null);
    setRound((count) => count + 1);
  };
  const finish = () => {
    if (recorded) keep("session", DRAFT, "");
    close();
  };
  return (
    <dialog ref={dialog} className="dialog record" aria-labelledby="record-title" onClose={finish}>
      <div className="dialog-head">
        <h2 id="record-title">{words.record.title}</h2>
        <button type="button" className="icon-button" onClick={finish}>
          {words.actions.close}
        </button>
      </div>
      {recorded?.revision ? (
        <RecordedNotice
          revision={recorded.revision.number}
          token={kept("session", "token")}
          show={finish}
          onUndone={() => {
            askAgain();
            change({ selected: null });
          }}
          changeIt={() => again(false)}
          another={() => again(true)}
        />
      ) : (
        <>
          <p className="quiet">{words.record.intro}</p>
          {corrected.error && <Failure {...corrected} />}
          {isReady && (
            <RecordForm key={round} begun={round === 0 ? begun : {}} onRecorded={onRecorded} />
          )}
        </>
      )}
    </dialog>
  );
}

/**
 * Selects the edge of the recorded support; the statement itself if the support lacks a supporter
 * or a recipient.
 */
function selectionOf({ statement }: Recorded): Selection | null {
  if (!statement) return null;
  const support = statement.evidence.nodes.at(-1)?.support;
  if (!support?.supporter || !support.recipient) return { type: "statement", id: statement.id };
  const { supporter, recipient, kind } = support;
  return { type: "edge", supporter: supporter.slug, recipient: recipient.slug, kind };
}

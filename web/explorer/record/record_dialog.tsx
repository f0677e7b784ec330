import "./record.css";

import { useEffect, useRef } from "react";
import { askAgain } from "../api/use_answer";
import { NO_FILTERS, type Selection } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";
import { RecordForm } from "./record_form";
import type { Recorded } from "./record_query";

interface Props {
  change: Change;
  close: () => void;
}

/** The form in a dialog over the page. */
export default function RecordDialog({ change, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const onRecorded = (recorded: Recorded) => {
    askAgain();
    // Nothing may hide what has just been recorded.
    change({ ...NO_FILTERS, around: [], asOf: null, selected: selectionOf(recorded) });
    close();
  };
  return (
    <dialog ref={dialog} className="dialog record" aria-labelledby="record-title" onClose={close}>
      <div className="dialog-head">
        <h2 id="record-title">{words.record.title}</h2>
        <button type="button" className="icon-button" onClick={close}>
          {words.actions.close}
        </button>
      </div>
      <p className="quiet">{words.record.intro}</p>
      <RecordForm onRecorded={onRecorded} />
    </dialog>
  );
}

/** The edge of what was recorded; the statement itself where its support has no two ends. */
function selectionOf({ statement }: Recorded): Selection | null {
  if (!statement) return null;
  const support = statement.evidence.nodes.at(-1)?.support;
  if (!support?.supporter || !support.recipient) return { type: "statement", id: statement.id };
  const { supporter, recipient, kind } = support;
  return { type: "edge", supporter: supporter.slug, recipient: recipient.slug, kind };
}

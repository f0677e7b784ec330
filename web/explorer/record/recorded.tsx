import { useEffect, useRef, useState } from "react";
import { words } from "../words";
import { errorsOfRequest } from "./errors";
import { undo } from "./undo";

interface Props {
  /** Number of the revision that recorded it. */
  revision: number;
  token: string;
  show: () => void;
  /** Called after the undo: the recorded statement can no longer be shown. */
  onUndone: () => void;
  /** Returns to the form with the same values. */
  changeIt: () => void;
  another: () => void;
}

const text = words.record;

/**
 * Confirms that a statement is recorded, and offers to show it, to undo it or to record another.
 */
export function RecordedNotice({ revision, token, show, onUndone, changeIt, another }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [state, setState] = useState<"recorded" | "undoing" | "undone">("recorded");
  const [problems, setProblems] = useState<readonly string[]>([]);
  const isUndone = state === "undone";
  useEffect(() => heading.current?.focus(), [isUndone]);

  const takeBack = async () => {
    setState("undoing");
    setProblems([]);
    try {
      const found = await undo(revision, token);
      setProblems(found.map(({ message }) => message));
      setState(found.length > 0 ? "recorded" : "undone");
      if (found.length === 0) onUndone();
    } catch (error) {
      setProblems(Object.values(errorsOfRequest(error)).flatMap((each) => each ?? []));
      setState("recorded");
    }
  };
  return (
    <div className="recorded">
      <h3 ref={heading} tabIndex={-1}>
        {isUndone ? text.undone(revision) : text.recorded(revision)}
      </h3>
      {problems.length > 0 && (
        <div role="alert">
          <p>{text.notUndone}</p>
          {problems.map((each) => (
            <p key={each} className="wrong">
              {each}
            </p>
          ))}
        </div>
      )}
      <p className="state-actions">
        {isUndone ? (
          <button type="button" className="primary" onClick={changeIt}>
            {text.changeIt}
          </button>
        ) : (
          <>
            <button type="button" className="primary" onClick={show}>
              {text.show}
            </button>
            <button type="button" disabled={state === "undoing"} onClick={() => void takeBack()}>
              {text.undo}
            </button>
          </>
        )}
        <button type="button" onClick={another}>
          {text.another}
        </button>
      </p>
    </div>
  );
}

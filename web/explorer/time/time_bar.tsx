import { type CSSProperties, useMemo } from "react";
import { censoredByYear, supportsByYear, type Years } from "../filters/counts";
import { isTimed, type Question } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";
import { AsOf } from "./as_of";
import { Histogram } from "./histogram";
import { LiveMark } from "./live_mark";
import { usePlayer } from "./use_player";

interface Props {
  question: Question;
  change: Change;
  years: Years | null;
  /** Number of the newest revision. */
  newest: number | null;
}

/** The choice of years and of the revision. */
export function TimeBar({ question, change, years: answer, newest }: Props) {
  const supports = useMemo(() => supportsByYear(answer?.years.nodes ?? []), [answer]);
  const begunBefore = useMemo(() => censoredByYear(answer?.begunBefore.nodes ?? []), [answer]);
  const goingOn = useMemo(() => censoredByYear(answer?.goingOn.nodes ?? []), [answer]);
  const years = [...supports.keys()];
  const first = Math.min(...years);
  const last = Math.max(...years);
  const from = question.from ?? first;
  const to = question.to ?? last;
  const player = usePlayer({ first, last, from, to, change });
  return (
    <div className="time">
      {/* Reserves space for the track, so that nothing moves when the years have loaded. */}
      {!answer && <div className="range" />}
      {answer && years.length === 0 && <p className="quiet">{words.time.none}</p>}
      {years.length > 0 && (
        <>
          <button
            type="button"
            className="icon-button"
            aria-label={player.isPlaying ? words.time.pause : words.time.play}
            onClick={player.toggle}
          >
            <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
              <path d={player.isPlaying ? "M5 4h3.5v12H5zM11.5 4H15v12h-3.5z" : "M6 4v12l10-6z"} />
            </svg>
          </button>
          <span className="range-end">{first}</span>
          <div className="range" style={{ "--years": last - first + 1 } as CSSProperties}>
            <Histogram {...{ supports, begunBefore, goingOn, first, last, from, to }} />
            <YearSlider
              label={words.time.from}
              value={from}
              {...{ first, last }}
              onChange={(year) => change({ from: Math.min(year, to), to }, "replace")}
            />
            <YearSlider
              label={words.time.to}
              value={to}
              {...{ first, last }}
              onChange={(year) => change({ from, to: Math.max(year, from) }, "replace")}
            />
          </div>
          <span className="range-end">{last}</span>
          <output className="years">{from === to ? from : `${from} – ${to}`}</output>
          {isTimed(question) && (
            <button
              type="button"
              className="icon-button"
              aria-label={words.time.clear}
              title={words.time.clear}
              onClick={() => change({ from: null, to: null })}
            >
              <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                <path className="stroke" d="M5 5l10 10M15 5 5 15" />
              </svg>
            </button>
          )}
        </>
      )}
      {question.asOf === null && <LiveMark />}
      <AsOf question={question} change={change} newest={newest} />
    </div>
  );
}

interface SliderProps {
  label: string;
  value: number;
  first: number;
  last: number;
  onChange: (year: number) => void;
}

function YearSlider({ label, value, first, last, onChange }: SliderProps) {
  return (
    <input
      type="range"
      aria-label={label}
      min={first}
      max={last}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
    />
  );
}

import { MOST_HOPS, type Question } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";
import { toggle } from "./choose";

const HOPS = Array.from({ length: MOST_HOPS }, (_, index) => index + 1);

/** The actors that the question is about, and how far from them it goes. */
export function Around({ question, change }: { question: Question; change: Change }) {
  const { around, hops, view } = question;
  if (around.length === 0) return null;
  return (
    <div className="around">
      <h3>{words.filters.around}</h3>
      <ul className="chips">
        {around.map((slug) => (
          <li key={slug}>
            <button
              type="button"
              className="chip"
              aria-label={words.filters.remove(slug)}
              onClick={() => change({ around: toggle(around, slug) })}
            >
              <bdi>{slug}</bdi> <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      {view === "network" && (
        <label className="hops">
          {words.filters.hops}{" "}
          <select value={hops} onChange={(event) => change({ hops: Number(event.target.value) })}>
            {HOPS.map((number) => (
              <option key={number}>{number}</option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

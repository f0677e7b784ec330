import { useKinds } from "../kinds/kinds";
import type { Question } from "../question/question";
import type { MakeSvg } from "../views/view";
import { QUERIES } from "../views/queries";
import { words } from "../words";
import { Cite } from "./cite";
import { csvAddress, graphiqlAddress, networkAddress, saveSvg } from "./take_away";

interface Props {
  question: Question;
  revision: number | null;
  makeSvg: MakeSvg | null;
}

/** What a user can take from the view: its citation, its query, its data and its drawing. */
export function ActionBar({ question, revision, makeSvg }: Props) {
  const kinds = useKinds();
  const query = QUERIES[question.view](question);
  return (
    <div className="actions" role="group" aria-label={words.actions.label}>
      <Cite question={question} revision={question.asOf ?? revision} />
      <button type="button" popoverTarget="download">
        {words.actions.download}
      </button>
      <div
        id="download"
        className="popover corner"
        popover="auto"
        role="dialog"
        aria-label={words.actions.download}
      >
        <ul>
          <li>
            <a href={csvAddress(question, kinds)} download>
              {/* REST cannot filter by "supporter or recipient": the file ignores `around`. */}
              {question.around.length > 0 ? words.actions.csvOfAll : words.actions.csv}
            </a>
          </li>
          {question.view === "network" &&
            (["gexf", "graphml"] as const).map((format) => (
              <li key={format}>
                <a href={networkAddress(question, kinds, format)} download>
                  {words.actions[format]}
                </a>
              </li>
            ))}
          {makeSvg && (
            <li>
              <button type="button" onClick={() => saveSvg(makeSvg())}>
                {words.actions.svg}
              </button>
            </li>
          )}
        </ul>
      </div>
      <a
        className="button"
        href={graphiqlAddress(query)}
        target="_blank"
        rel="noopener"
        aria-label={words.actions.asked}
        title={words.actions.asked}
      >
        <span className="in-full">{words.actions.asked}</span>
        <span className="in-short">{"{ }"}</span>
      </a>
    </div>
  );
}

import { useMemo } from "react";
import type { Answered } from "../api/use_answer";
import { useKinds } from "../kinds/kinds";
import { isFiltered, NO_FILTERS, PHASES, type Question } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";
import { Around } from "./around";
import { Choice, Choices } from "./choices";
import { toggle, toggleTerm } from "./choose";
import { ConflictChoices } from "./conflict_choices";
import { ChoiceCounts, conflictCounts, type Counts } from "./counts";
import { GradeChoices, WhoChoices } from "./grade_choices";
import { KindChoices } from "./kind_choices";
import { PhaseMark } from "./phase_mark";

interface Props {
  question: Question;
  change: Change;
  counts: Answered<Counts>;
  close: () => void;
}

/** The left pane: each filter with the number of supports that each choice would show. */
export function Filters({ question, change, counts, close }: Props) {
  const kinds = useKinds();
  const { data } = counts;
  const numbers = useMemo(
    () => data && new ChoiceCounts(data.choices.nodes, question, kinds),
    [data, question, kinds],
  );
  const datasets = data?.datasets.nodes.filter(
    ({ slug }) => (numbers?.dataset(slug) ?? 0) > 0 || question.datasets.includes(slug),
  );
  return (
    <aside className="filters" aria-label={words.filters.label} aria-busy={counts.isLoading}>
      <div className="sheet-head">
        <h2>{words.filters.label}</h2>
        <button type="button" className="icon-button" onClick={close}>
          {words.actions.close}
        </button>
      </div>
      <Around question={question} change={change} />
      <KindChoices question={question} change={change} numbers={numbers} />
      <Choices legend={words.filters.phase}>
        {PHASES.map((phase) => (
          <Choice
            key={phase}
            label={words.phases[phase]}
            mark={<PhaseMark phase={phase} />}
            count={numbers?.phase(phase)}
            checked={question.phases.includes(phase)}
            onChange={() => change({ phases: toggleTerm(PHASES, question.phases, phase) })}
          />
        ))}
      </Choices>
      <Choices legend={words.filters.dataset}>
        {datasets?.length === 0 && <p className="quiet">{words.filters.noDataset}</p>}
        {datasets?.map(({ slug, title, version }) => (
          <div key={slug} className="branch">
            <Choice
              label={`${title} ${version}`}
              count={numbers?.dataset(slug)}
              checked={question.datasets.includes(slug)}
              onChange={() => change({ datasets: toggle(question.datasets, slug) })}
            />
            <button
              type="button"
              className="icon-button info"
              aria-label={words.dataset.open(title)}
              onClick={() => {
                change({ selected: { type: "dataset", slug } });
                close();
              }}
            >
              <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
                <circle className="stroke" cx="10" cy="10" r="8" />
                <path className="stroke" d="M10 9v5.5M10 5.5v1.6" />
              </svg>
            </button>
          </div>
        ))}
      </Choices>
      {data && <ConflictChoices {...{ question, change }} conflicts={conflictCounts(data)} />}
      <WhoChoices {...{ question, change }} />
      <GradeChoices {...{ question, change }} />
      {data && <Shown counts={data} question={question} change={change} />}
    </aside>
  );
}

interface ShownProps {
  counts: Counts;
  question: Question;
  change: Change;
}

/** The number of supports shown, and the number of those whose time is unknown. */
function Shown({ counts, question, change }: ShownProps) {
  const { shown, far, all } = counts;
  return (
    <div className="shown">
      <p role="status">
        {words.filters.shown(far?.supportCount ?? shown.totalCount, all.totalCount)}
      </p>
      {shown.unknownCount > 0 && (
        <p className="quiet">{words.filters.unknownTime(shown.unknownCount)}</p>
      )}
      {isFiltered(question) && (
        <button type="button" onClick={() => change(NO_FILTERS)}>
          {words.filters.clear}
        </button>
      )}
    </div>
  );
}

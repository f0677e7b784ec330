import { useState } from "react";
import { useAnswer } from "../api/use_answer";
import { ATTRIBUTIONS, CREDIBILITIES, type Question, RELIABILITIES } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";
import { Choice, Choices } from "./choices";
import { toggleTerm } from "./choose";
import { askCredibilityCounts, askReliabilityCounts, askWhoCounts } from "./grade_counts";
import { useSeen } from "./use_seen";

interface Props {
  question: Question;
  change: Change;
}

const ATTRIBUTION_COUNTS = { CERTAIN: "certain", SOME_OF: "someOf", UNKNOWN: "unknown" } as const;

/** The filters for contested supports and for attribution. */
export function WhoChoices({ question, change }: Props) {
  const { attributions } = question;
  const [mark, isSeen] = useSeen<HTMLSpanElement>();
  // "Contested" is computed from all evidence, which is slow, so the counts load only when this
  // part of the pane is visible.
  const counts = useAnswer(isSeen ? askWhoCounts(question) : null, "last").data;
  return (
    <>
      <span ref={mark} />
      <Choices legend={words.filters.who}>
        <Choice
          label={words.filters.contested}
          count={counts?.contested.totalCount}
          checked={question.contested}
          onChange={() => change({ contested: !question.contested })}
        />
        {ATTRIBUTIONS.map((term) => (
          <Choice
            key={term}
            label={words.attributions[term]}
            count={counts?.[ATTRIBUTION_COUNTS[term]].totalCount}
            checked={attributions.includes(term)}
            onChange={() => change({ attributions: toggleTerm(ATTRIBUTIONS, attributions, term) })}
          />
        ))}
      </Choices>
    </>
  );
}

/** The filters by reliability and credibility, the grades of the Admiralty code. */
export function GradeChoices({ question, change }: Props) {
  const { grades, credibilities } = question;
  const [isOpen, setOpen] = useState(grades.length + credibilities.length > 0);
  // Each count assesses all supports, so the counts load only when the user opens this part.
  const ofSources = useAnswer(isOpen ? askReliabilityCounts(question) : null, "last").data;
  const ofStatements = useAnswer(isOpen ? askCredibilityCounts(question) : null, "last").data;
  return (
    <details
      className="grades"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{words.filters.grades}</summary>
      <Grades
        legend={words.filters.grade}
        none={words.filters.noGrade}
        grades={RELIABILITIES}
        chosen={grades}
        countOf={(grade) => ofSources?.[`reliability${grade}`].totalCount}
        labelOf={(grade) => words.reliabilities[grade]}
        onChange={(chosen) => change({ grades: chosen })}
      />
      <Grades
        legend={words.filters.credibility}
        none={words.filters.noCredibility}
        grades={CREDIBILITIES}
        chosen={credibilities}
        countOf={(grade) => ofStatements?.[`credibility${grade}`].totalCount}
        labelOf={(grade) => words.credibilities[grade - 1] ?? ""}
        onChange={(chosen) => change({ credibilities: chosen })}
      />
    </details>
  );
}

interface GradesProps<Grade> {
  legend: string;
  /** The text to show if no support has any of the grades. */
  none: string;
  grades: readonly Grade[];
  chosen: Grade[];
  /** Undefined until the count has loaded. */
  countOf: (grade: Grade) => number | undefined;
  labelOf: (grade: Grade) => string;
  onChange: (chosen: Grade[]) => void;
}

/** All grades, which can be chosen before their counts have loaded, because that takes a while. */
function Grades<Grade extends string | number>(props: GradesProps<Grade>) {
  const { legend, none, grades, chosen, countOf, labelOf, onChange } = props;
  const isNone = chosen.length === 0 && grades.every((grade) => countOf(grade) === 0);
  return (
    <Choices legend={legend}>
      {isNone && <p className="quiet none">{none}</p>}
      {(isNone ? [] : grades).map((grade) => (
        <Choice
          key={grade}
          mark={<span className="grade-mark">{grade}</span>}
          label={labelOf(grade)}
          count={countOf(grade)}
          checked={chosen.includes(grade)}
          onChange={() => onChange(toggleTerm(grades, chosen, grade))}
        />
      ))}
    </Choices>
  );
}

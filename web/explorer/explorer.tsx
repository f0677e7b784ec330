import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ActionBar } from "./actions/action_bar";
import { asked } from "./api/client";
import { graphql } from "./api/graphql";
import { askAhead, keyOf } from "./api/answers";
import { useAnswer } from "./api/use_answer";
import { Details } from "./details/details";
import { askCounts, askYears } from "./filters/counts";
import { Filters } from "./filters/filters";
import { Header, type Sheet } from "./header/header";
import { useFocusKept } from "./header/use_focus_kept";
import { useKeys } from "./header/use_keys";
import { KINDS, KindsContext, KindTree, listed } from "./kinds/kinds";
import type { Question } from "./question/question";
import { useQuestion } from "./question/use_question";
import { ARTICLE } from "./story/steps";
import { useStory } from "./story/use_story";
import { TimeBar } from "./time/time_bar";
import { QUERIES } from "./views/queries";
import type { MakeSvg } from "./views/view";
import { ViewPane } from "./views/view_pane";
import { words } from "./words";

// Loaded when first opened: most visits need neither.
const RecordDialog = lazy(() => import("./record/record_dialog"));
const Story = lazy(() => import("./story/story"));

const REVISION = graphql(`
  query Revision {
    revision {
      number
      time
    }
  }
`);

const KINDS_ASKED = asked(KINDS, {});
const REVISION_ASKED = asked(REVISION, {});

/** Prefetches the query of the next view before React renders the change, which takes a while. */
function askView(next: Question, now: Question): void {
  const asked = QUERIES[next.view](next);
  if (keyOf(asked) !== keyOf(QUERIES[now.view](now))) askAhead(asked);
}

/** The open form: a statement to record, which may correct the one with this id. */
interface Recording {
  corrects: string | null;
}

/** The whole page: three panes and a time bar, which show the question in the address. */
export function Explorer() {
  const [question, change] = useQuestion(askView);
  const [sheet, setSheet] = useState<Sheet>(null);
  const [makeSvg, setMakeSvg] = useState<MakeSvg | null>(null);
  const offerSvg = useCallback((make: MakeSvg | null) => setMakeSvg(() => make), []);
  const [recording, setRecording] = useState<Recording | null>(null);
  const correct = useCallback((id: string) => setRecording({ corrects: id }), []);
  const kinds = useKindTree();
  const revision = useAnswer(REVISION_ASKED).data?.revision ?? null;
  // The panes beside the view load after it.
  const counts = useAnswer(askCounts(question), "after");
  const years = useAnswer(askYears(question), "after");
  const story = useStory();
  const view = useRef<HTMLElement>(null);
  const hasArticle = counts.data?.datasets.nodes.some(({ slug }) => slug === ARTICLE) === true;
  const endStory = () => {
    story.end();
    // The story's focused button disappears: without this, the focus would return to the top of the
    // page.
    view.current?.focus();
  };
  const closePanes = useCallback(() => {
    setSheet(null);
    change({ selected: null });
  }, [change]);
  useKeys(change, closePanes);
  useFocusKept(view);
  useEffect(() => {
    document.title = words.title(words.views[question.view]);
  }, [question.view]);
  const shared = { question, change };
  return (
    <KindsContext value={kinds}>
      <div className="explorer" data-sheet={sheet ?? (question.selected ? "details" : undefined)}>
        <a className="skip" href="#view">
          {words.skip}
        </a>
        <Header
          {...shared}
          sheet={sheet}
          setSheet={setSheet}
          record={() => setRecording({ corrects: null })}
          tell={hasArticle ? story.tell : null}
        />
        <Filters {...shared} counts={counts} close={() => setSheet(null)} />
        <main
          id="view"
          ref={view}
          className="view"
          tabIndex={-1}
          aria-label={words.views[question.view]}
        >
          <ViewPane {...shared} all={counts.data?.all.totalCount ?? null} offerSvg={offerSvg} />
          {story.isTold && hasArticle && (
            <Suspense>
              <Story change={change} end={endStory} />
            </Suspense>
          )}
        </main>
        <Details {...shared} correct={correct} close={closePanes} />
        <footer className="bar" aria-label={words.time.label}>
          <TimeBar {...shared} years={years.data} newest={revision?.number ?? null} />
          <ActionBar question={question} revision={revision?.number ?? null} makeSvg={makeSvg} />
        </footer>
        {recording && (
          <Suspense>
            <RecordDialog
              change={change}
              close={() => setRecording(null)}
              corrects={recording.corrects}
            />
          </Suspense>
        )}
      </div>
    </KindsContext>
  );
}

function useKindTree(): KindTree {
  const { data } = useAnswer(KINDS_ASKED);
  return useMemo(() => new KindTree(listed(data?.supportKinds ?? [])), [data]);
}

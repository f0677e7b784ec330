import { useEffect, useState } from "react";
import { AskError, ask } from "../../api/client";
import { type Answered, useAnswer } from "../../api/use_answer";
import type { Question } from "../../question/question";
import { askTotals, type Total, type TotalsPage } from "./totals_query";

/** The maximum number of pages loaded; if there are more, the view states the number of groups. */
const MOST_PAGES = 3;

interface Totals extends Omit<Answered<unknown>, "data"> {
  /** Null until the first page has loaded. */
  totals: Total[] | null;
  totalCount: number;
  unknownCount: number;
}

/** Loads the groups of the question, page by page. */
export function useTotals(question: Question): Totals {
  const asked = askTotals(question);
  const key = JSON.stringify(asked);
  const first = useAnswer(asked);
  const [more, setMore] = useState<{ key: string; pages: TotalsPage[]; error: AskError | null }>({
    key,
    pages: [],
    error: null,
  });
  const known = more.key === key ? more : { pages: [], error: null };
  const pages = first.data ? [first.data.supportTotals, ...known.pages] : [];
  const last = pages.at(-1);
  const isMore = last?.pageInfo.hasNextPage && pages.length < MOST_PAGES && !first.isLoading;
  const cursor = isMore && !known.error ? last.pageInfo.endCursor : null;
  useEffect(() => {
    if (cursor === null) return;
    const aborting = new AbortController();
    const add = (page: TotalsPage[], error: AskError | null) =>
      aborting.signal.aborted ||
      setMore((before) => ({
        key,
        pages: [...(before.key === key ? before.pages : []), ...page],
        error,
      }));
    ask(askTotals(question, cursor), aborting.signal).then(
      (answer) => add([answer.supportTotals], null),
      (error: unknown) =>
        add([], error instanceof AskError ? error : new AskError("ERROR", [String(error)])),
    );
    return () => aborting.abort();
    // `key` has all parts of the question that this effect needs.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cursor, key]);
  return {
    ...first,
    error: first.error ?? known.error,
    isLoading: first.isLoading || cursor !== null,
    totals: first.data ? pages.flatMap((page) => page.nodes) : null,
    totalCount: last?.totalCount ?? 0,
    unknownCount: last?.unknownCount ?? 0,
  };
}

import { useCallback, useRef, useState } from "react";
import { ask } from "../../api/client";
import { useAnswer } from "../../api/use_answer";
import type { Question } from "../../question/question";
import { askTable, type Row, type TablePage } from "./table_query";

interface More {
  key: string;
  page: TablePage | null;
  pages: TablePage[];
}

/** The rows loaded so far, and a function that loads more. */
export function usePages(question: Question) {
  const asked = askTable(question);
  const key = JSON.stringify(asked);
  const first = useAnswer(asked);
  // The pages after the first. They are discarded when the first one is reloaded, because the data
  // may have changed.
  const page = first.data?.supports ?? null;
  const [more, setMore] = useState<More>({ key, page, pages: [] });
  const isAsking = useRef(false);
  const pages = [
    ...(page ? [page] : []),
    ...(more.key === key && more.page === page ? more.pages : []),
  ];
  const last = pages.at(-1);
  const cursor = last?.pageInfo.hasNextPage ? last.pageInfo.endCursor : null;
  const loadMore = useCallback(async () => {
    if (cursor === null || isAsking.current) return;
    isAsking.current = true;
    try {
      const next = await ask(askTable(question, cursor), new AbortController().signal);
      setMore((known) => ({
        key,
        page,
        pages: [...(known.key === key && known.page === page ? known.pages : []), next.supports],
      }));
    } catch {
      // The list stays as it is; scrolling to its end again sends the query again.
    } finally {
      isAsking.current = false;
    }
  }, [cursor, key, page, question]);
  const rows: Row[] = pages.flatMap((page) => page.nodes);
  return { ...first, rows, totalCount: pages[0]?.totalCount ?? 0, loadMore };
}

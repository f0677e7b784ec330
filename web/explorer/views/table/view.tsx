import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { words } from "../../words";
import { Empty, Failure } from "../states";
import type { View, ViewProps } from "../view";
import { SortableHead } from "./sortable_head";
import { SupportRow } from "./support_row";
import type { Row } from "./table_query";
import { usePages } from "./use_pages";

const ROW_HEIGHT = 36;

/** All supports of the question, row by row: the accessible alternative to every drawing. */
function SupportTable({ question, change }: ViewProps) {
  const { rows, totalCount, data, error, isLoading, retry, loadMore } = usePages(question);
  const scroller = useRef<HTMLDivElement>(null);
  const [marked, setMarked] = useState(0);
  // eslint-disable-next-line react-hooks/incompatible-library -- used as its documentation says
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= rows.length - 20) void loadMore();
  }, [lastShown, rows.length, loadMore]);

  if (error) return <Failure {...{ error, retry, question, change }} />;
  if (data && totalCount === 0) return <Empty question={question} change={change} />;

  const open = (row: Row) => {
    const supporter = row.supporter ?? row.candidates.nodes[0];
    // A support belongs to no edge without a recipient, or without a supporter and candidates.
    if (!supporter || !row.recipient) return change({ selected: { type: "support", id: row.id } });
    const ends = { supporter: supporter.slug, recipient: row.recipient.slug };
    change({ selected: { type: "edge", ...ends, kind: row.kind } });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 15,
      PageUp: -15,
      Home: -rows.length,
      End: rows.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(marked + step, 0), rows.length - 1);
    setMarked(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus(),
    );
  };
  return (
    <div className="table-scroller" ref={scroller} aria-busy={isLoading}>
      <table
        aria-label={words.table.label(totalCount)}
        aria-rowcount={totalCount + 1}
        onKeyDown={onKeyDown}
      >
        <SortableHead question={question} change={change} />
        <tbody style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <SupportRow
                  key={row.id}
                  row={row}
                  index={item.index}
                  top={item.start}
                  isMarked={item.index === marked}
                  onMark={() => setMarked(item.index)}
                  onOpen={() => open(row)}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export default { Component: SupportTable } satisfies View;

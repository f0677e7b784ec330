import type { Change } from "../question/use_question";

interface Props {
  dataset: { slug: string; title: string; version?: string };
  change: Change;
}

/** A data set's title; a click opens its page. */
export function DatasetLink({ dataset: { slug, title, version = "" }, change }: Props) {
  return (
    <button
      type="button"
      className="link"
      onClick={() => change({ selected: { type: "dataset", slug } })}
    >
      {`${title} ${version}`.trim()}
    </button>
  );
}

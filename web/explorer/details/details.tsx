import type { Question, RecordType } from "../question/question";
import type { Change } from "../question/use_question";
import { words } from "../words";
import { ActorDetails } from "./actor_details";
import { DatasetDetails } from "./dataset_details";
import { EdgeDetails } from "./edge_details";
import { SourceDetails, StatementDetails, SupportDetails } from "./record_details";

const RECORD_DETAILS = {
  support: SupportDetails,
  statement: StatementDetails,
  source: SourceDetails,
};

interface Props {
  question: Question;
  change: Change;
  /** Opens the form for a statement that corrects the one with this id. */
  correct: (id: string) => void;
  close: () => void;
}

/** The right pane: the details of the selected actor, edge, data set or record. */
export function Details({ question, change, correct, close }: Props) {
  const { selected } = question;
  return (
    <aside className="details" aria-label={words.details.label} data-empty={!selected || undefined}>
      {selected ? (
        <button
          type="button"
          className="icon-button close"
          aria-label={words.details.close}
          onClick={close}
        >
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path className="stroke" d="m5 5 10 10M15 5 5 15" />
          </svg>
        </button>
      ) : (
        <p className="quiet hint">{words.details.none}</p>
      )}
      {selected?.type === "actor" && (
        <ActorDetails key={selected.slug} {...{ question, change }} slug={selected.slug} />
      )}
      {selected?.type === "edge" && <EdgeDetails {...{ question, change }} edge={selected} />}
      {selected?.type === "dataset" && (
        <DatasetDetails
          key={selected.slug}
          slug={selected.slug}
          asOf={question.asOf}
          change={change}
        />
      )}
      {selected && "id" in selected && (
        <RecordDetails {...{ question, change, correct }} {...selected} />
      )}
    </aside>
  );
}

interface RecordProps extends Omit<Props, "close"> {
  type: RecordType;
  id: string;
}

function RecordDetails({ type, id, question, change, correct }: RecordProps) {
  const Shown = RECORD_DETAILS[type];
  return <Shown key={id} id={id} asOf={question.asOf} change={change} correct={correct} />;
}

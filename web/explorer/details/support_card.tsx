import { PhaseMark } from "../filters/phase_mark";
import { KindMark } from "../kinds/kind_mark";
import { useKinds } from "../kinds/kinds";
import type { Change } from "../question/use_question";
import { amountText } from "../text/amounts";
import { Name } from "../text/name";
import { words } from "../words";
import { ActorLink } from "./actor_link";
import type { ShownSupport } from "./edge_query";
import { periodText } from "./period";
import { DatasetLink } from "./dataset_link";
import { Cut } from "./cut";
import { EvidenceCard } from "./evidence_card";

interface Props {
  support: ShownSupport;
  change: Change;
}

/** One support: its kind, amounts, period and data set, with its evidence. */
export function SupportCard({ support, change }: Props) {
  const kinds = useKinds();
  const { assessment, evidence } = support;
  const amounts = [amountText(support.quantity), amountText(support.worth)].filter(Boolean);
  return (
    <section className="support">
      <h3>
        <KindMark kind={support.kind} /> {kinds.label(support.kind)}
        <span className="phase">
          <PhaseMark phase={support.phase} /> {words.phases[support.phase]}
        </span>
      </h3>
      {amounts.length > 0 && <p className="amount">{amounts.join(" · ")}</p>}
      <p className="quiet">{periodText(support)}</p>
      {support.summary && <p>{support.summary}</p>}
      {assessment.contested && (
        <p className="contested">
          <span aria-hidden="true">≠</span> {words.details.contested}:{" "}
          {words.details.contestedBy(
            assessment.asserting,
            assessment.denying + assessment.questioning,
          )}
        </p>
      )}
      <Attribution support={support} change={change} />
      {support.mutual && <p className="quiet">{words.details.mutual}</p>}
      <Facts support={support} change={change} />
      {evidence.nodes.length === 0 ? (
        <p className="quiet">{words.details.noEvidence}</p>
      ) : (
        <ul className="evidence">
          {evidence.nodes.map((each) => (
            <li key={each.id}>
              <EvidenceCard evidence={each} change={change} />
            </li>
          ))}
        </ul>
      )}
      <Cut shown={evidence.nodes.length} all={evidence.totalCount} />
    </section>
  );
}

/** The possible supporters, if the supporter is not certain. */
function Attribution({ support, change }: Props) {
  const { attribution, candidates, candidatesAtLeast } = support;
  if (attribution === "CERTAIN") return null;
  if (attribution === "UNKNOWN") return <p>{words.details.unknownSupporter}</p>;
  return (
    <p>
      {words.details.candidates(candidatesAtLeast, candidates.totalCount)}:{" "}
      {candidates.nodes.map((actor, index) => (
        <span key={actor.slug}>
          {index > 0 && ", "}
          <ActorLink actor={actor} change={change} />
        </span>
      ))}
      {candidates.totalCount > candidates.nodes.length &&
        words.details.andMore(candidates.totalCount - candidates.nodes.length)}
    </p>
  );
}

/** The other facts of a support, with its data set and licence. */
function Facts({ support, change }: Props) {
  const { against, conflict, place, inReturnFor, dataset, sourceKey, note } = support;
  const kinds = useKinds();
  return (
    <dl className="facts">
      {against && (
        <div>
          <dt>{words.details.against}</dt>
          <dd>
            <ActorLink actor={against} change={change} />
          </dd>
        </div>
      )}
      {conflict && (
        <div>
          <dt>{words.details.conflict}</dt>
          <dd>
            <button
              type="button"
              className="link"
              onClick={() => change({ conflicts: [conflict.slug] })}
            >
              <Name>{conflict.name}</Name>
            </button>
          </dd>
        </div>
      )}
      {place && (
        <div>
          <dt>{words.details.place}</dt>
          <dd>{place}</dd>
        </div>
      )}
      {inReturnFor && (
        <div>
          <dt>{words.details.inReturnFor}</dt>
          <dd>{inReturnFor.summary ?? kinds.label(inReturnFor.kind)}</dd>
        </div>
      )}
      {dataset && (
        <div>
          <dt>{words.details.dataset}</dt>
          <dd>
            <DatasetLink dataset={dataset} change={change} />
            <span className="quiet"> {dataset.licence}</span>
            {sourceKey && (
              <span className="quiet">
                {" "}
                {words.details.row} {sourceKey}
              </span>
            )}
          </dd>
        </div>
      )}
      {note && (
        <div>
          <dt>{words.details.note}</dt>
          <dd>{note}</dd>
        </div>
      )}
    </dl>
  );
}

import type { Change } from "../question/use_question";
import { amountText } from "../text/amounts";
import { dateText } from "../text/dates";
import { words } from "../words";
import { ActorLink } from "./actor_link";
import type { Said, ShownEvidence } from "./edge_query";

/**
 * One piece of evidence: the stance and the amount that a statement claims, its text, and the
 * statements that correct it.
 */
export function EvidenceCard({ evidence, change }: { evidence: ShownEvidence; change: Change }) {
  const { stance, statement, note } = evidence;
  const claimed = amountText(evidence.quantity) ?? amountText(evidence.worth);
  const corrections = statement.correctedBy.nodes;
  return (
    <div className="claim" data-stance={stance}>
      <p className="claim-head">
        <span className="stance">{words.stances[stance]}</span>
        {claimed && <span className="amount">{claimed}</span>}
      </p>
      <Quotation said={statement} change={change} />
      {note && <p className="quiet">{note}</p>}
      {corrections.map((correction) => (
        <div key={correction.id} className="correction">
          <p className="stance">{words.details.correctedBy}</p>
          <Quotation said={correction} change={change} />
        </div>
      ))}
    </div>
  );
}

interface QuotationProps {
  said: Said;
  change: Change;
  /** Whether to name the source: false where its name stands above already. */
  withSource?: boolean;
}

/** The text of a statement, with its speaker, date, source and grade. */
export function Quotation({ said, change, withSource = true }: QuotationProps) {
  const { speaker, onBehalfOf, source } = said;
  return (
    <figure>
      <blockquote lang={said.language} dir="auto">
        {said.quoted ? `“${said.text}”` : said.text}
      </blockquote>
      <figcaption>
        <ActorLink actor={speaker} change={change} />
        {onBehalfOf && (
          <>
            {" "}
            {words.details.onBehalfOf} <ActorLink actor={onBehalfOf} change={change} />
          </>
        )}
        {said.saidOn && <>, {dateText(said.saidOn)}</>}
        {withSource && (
          <>
            <br />
            <Source source={source} />
          </>
        )}
        <Grade reliability={source.reliability} credibility={said.credibility} />
      </figcaption>
    </figure>
  );
}

function Source({ source }: { source: Said["source"] }) {
  const { title, url, publisher, publishedOn } = source;
  const details = [publisher?.name, publishedOn && dateText(publishedOn)].filter(Boolean);
  return (
    <>
      {url ? (
        <a href={url} rel="noopener noreferrer" target="_blank">
          <bdi>{title}</bdi>
        </a>
      ) : (
        <bdi>{title}</bdi>
      )}
      {details.length > 0 && <bdi>{` (${details.join(", ")})`}</bdi>}
    </>
  );
}

interface GradeProps {
  reliability: Said["source"]["reliability"];
  credibility: number | null;
}

/** The Admiralty code: a letter for the source, a number for the statement. */
function Grade({ reliability, credibility }: GradeProps) {
  if (reliability === null && credibility === null) return null;
  const words_of_it = [
    reliability && words.reliabilities[reliability],
    credibility && words.credibilities[credibility - 1],
  ].filter(Boolean);
  return (
    <abbr className="grade" title={words_of_it.join("; ")}>
      {reliability ?? "–"}
      {credibility ?? "–"}
    </abbr>
  );
}

import type { ReactNode } from "react";
import { citeDatasetAddress, csvAddress, jsonLinesAddress } from "../actions/take_away";
import { networkAddress } from "../actions/take_away";
import { useAnswer } from "../api/use_answer";
import { PhaseMark } from "../filters/phase_mark";
import { useKinds } from "../kinds/kinds";
import { FIRST_QUESTION, NO_FILTERS } from "../question/question";
import type { Change } from "../question/use_question";
import { dateText } from "../text/dates";
import { Failure } from "../views/states";
import { formatNumber, words } from "../words";
import { ActorLink } from "./actor_link";
import { askDataset, type DatasetAnswer, type ShownDataset } from "./dataset_query";
import { DatasetLink } from "./dataset_link";

interface Props {
  slug: string;
  asOf: number | null;
  change: Change;
}

const text = words.dataset;

/** A data set: its facts, phases and counts, its citation and its exports. */
export function DatasetDetails({ slug, asOf, change }: Props) {
  const answer = useAnswer(askDataset(slug, asOf));
  if (answer.error) return <Failure {...answer} />;
  if (!answer.data) return <p className="quiet">{words.states.loading}</p>;
  const { dataset, phases } = answer.data;
  if (!dataset) return <p>{text.none}</p>;
  const { title, version, supports } = dataset;
  return (
    <article className="dataset" aria-busy={answer.isLoading}>
      <header>
        <p className="quiet">
          {words.search.types.DATASET} · {text.version(version)}
        </p>
        <h2>{title}</h2>
        <p>{words.supports(supports.totalCount)}</p>
        {supports.totalCount > 0 && (
          <button type="button" onClick={() => change({ ...NO_FILTERS, datasets: [slug] })}>
            {text.only}
          </button>
        )}
      </header>
      <Facts dataset={dataset} change={change} />
      <Phases phases={phases.nodes} />
      {dataset.counts.length > 0 && (
        <section>
          <h3>{text.counts}</h3>
          <ul className="kind-sums">
            {dataset.counts.map(({ counted, number }) => (
              <li key={counted}>
                <span>{counted}</span>
                <span className="count">{formatNumber(number)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{text.cite}</h3>
        <p className="citation">{dataset.citation}</p>
        <a className="button" href={citeDatasetAddress(slug, asOf)} download={`${slug}.bib`}>
          {text.bibtex}
        </a>
      </section>
      {supports.totalCount > 0 && <Exports slug={slug} asOf={asOf} />}
    </article>
  );
}

function Facts({ dataset, change }: { dataset: ShownDataset; change: Change }) {
  const kinds = useKinds();
  const { publisher, doi, url, partOf, parts, coverage, supportKinds } = dataset;
  return (
    <dl className="facts">
      <Fact title={text.publisher}>
        {publisher && <ActorLink actor={publisher} change={change} />}
      </Fact>
      <Fact title={text.licence}>{dataset.licence}</Fact>
      <Fact title={text.doi}>
        {doi && (
          <Elsewhere
            address={`https://doi.org/${encodeURIComponent(doi).replaceAll("%2F", "/")}`}
            text={doi}
          />
        )}
      </Fact>
      <Fact title={text.site}>{url && <Elsewhere address={url} text={url} />}</Fact>
      <Fact title={text.published}>{dataset.publishedOn && dateText(dataset.publishedOn)}</Fact>
      <Fact title={text.retrieved}>{dataset.retrievedOn && dateText(dataset.retrievedOn)}</Fact>
      <Fact title={text.scope}>{dataset.scope}</Fact>
      <Fact title={text.unit}>{dataset.unitOfObservation}</Fact>
      <Fact title={text.covers}>{yearsOf(dataset)}</Fact>
      <Fact title={text.kinds}>{supportKinds.map((kind) => kinds.label(kind)).join(", ")}</Fact>
      <Fact title={text.coverage}>
        {coverage.totalCount > 0 && formatNumber(coverage.totalCount)}
      </Fact>
      <Fact title={text.partOf}>
        {partOf && (
          <>
            <DatasetLink dataset={partOf} change={change} />
            <br />
            <span className="quiet">{text.partOfHint}</span>
          </>
        )}
      </Fact>
      <Fact title={text.parts}>
        {parts.nodes.length > 0 &&
          parts.nodes.map((part) => (
            <span key={part.slug} className="line">
              <DatasetLink dataset={part} change={change} />
            </span>
          ))}
      </Fact>
      <Fact title={text.mapping}>{dataset.mappingVersion}</Fact>
    </dl>
  );
}

/** One fact; nothing if the data set does not state it. */
function Fact({ title, children }: { title: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Elsewhere({ address, text: shown }: { address: string; text: string }) {
  return (
    <a href={address} rel="noopener noreferrer" target="_blank">
      {shown}
    </a>
  );
}

function yearsOf({ coversFrom, coversUntil }: ShownDataset): string {
  const ends = [
    coversFrom && text.from(dateText(coversFrom)),
    coversUntil && text.until(dateText(coversUntil)),
  ];
  return ends.filter(Boolean).join(" ");
}

function Phases({ phases }: { phases: DatasetAnswer["phases"]["nodes"] }) {
  if (phases.length === 0) return null;
  return (
    <section>
      <h3>{text.phases}</h3>
      <ul className="kind-sums">
        {phases.map(({ phase, certain, possible }) => (
          <li key={phase}>
            <PhaseMark phase={phase} />
            <span>{words.phases[phase]}</span>
            <span className="count">
              {formatNumber(certain.supports)}
              {possible.supports > 0 && (
                <span className="quiet"> + {words.details.possibly(possible.supports)}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Exports({ slug, asOf }: { slug: string; asOf: number | null }) {
  const kinds = useKinds();
  const question = { ...FIRST_QUESTION, datasets: [slug], asOf };
  const files = [
    [text.csv, csvAddress(question, kinds)],
    [text.jsonl, jsonLinesAddress(question, kinds)],
    [text.gexf, networkAddress(question, kinds, "gexf")],
  ] as const;
  return (
    <section>
      <h3>{text.exports}</h3>
      <ul>
        {files.map(([label, address]) => (
          <li key={label}>
            <a href={address} download>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

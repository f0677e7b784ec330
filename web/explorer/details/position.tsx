import { useId, useState } from "react";
import { useAnswer } from "../api/use_answer";
import { KindMark } from "../kinds/kind_mark";
import { useKinds } from "../kinds/kinds";
import type { Question } from "../question/question";
import type { Change } from "../question/use_question";
import { decimalText } from "../text/amounts";
import { measureLabel, measureOf, measuresOf, measureText } from "../views/totals/measure";
import { Failure } from "../views/states";
import { formatNumber, words } from "../words";
import { ActorLink } from "./actor_link";
import { type ActorPosition, askPosition } from "./position_query";

interface Props {
  question: Question;
  change: Change;
  slug: string;
}

const text = words.position;

/** Degrees of an actor, and the shares of its suppliers, in one data set and phase. */
export function Position({ question, change, slug }: Props) {
  const [place, setPlace] = useState("");
  const [measured, setMeasured] = useState<string | null>(null);
  const ids = { title: useId(), place: useId(), of: useId() };
  const answer = useAnswer(askPosition(question, slug, measureOf(measured)));
  const { data } = answer;
  const positions = data?.actor?.position ?? [];
  const shown = positions.find((each) => placeOf(each) === place) ?? positions[0];
  if (answer.error) return <Failure {...answer} />;
  if (!data || !shown) return null;
  const measures = new Set([...measuresOf(data.units.nodes).map(measureText), measured]);
  return (
    <section className="position" aria-labelledby={ids.title} aria-busy={answer.isLoading}>
      <h3 id={ids.title}>{text.title}</h3>
      <div className="position-head">
        <label htmlFor={ids.place}>{text.place}</label>
        <select
          id={ids.place}
          value={placeOf(shown)}
          onChange={(event) => setPlace(event.target.value)}
        >
          {positions.map((each) => (
            <option key={placeOf(each)} value={placeOf(each)}>
              {words.phases[each.phase]} · {each.dataset?.title ?? text.noDataset}
            </option>
          ))}
        </select>
        <label htmlFor={ids.of}>{text.of}</label>
        <select
          id={ids.of}
          value={measured ?? ""}
          onChange={(event) => setMeasured(event.target.value || null)}
        >
          {[...measures].map((each) => (
            <option key={each} value={each ?? ""}>
              {measureLabel(measureOf(each))}
            </option>
          ))}
        </select>
      </div>
      <Degrees position={shown} />
      <Supply supply={shown.supply} change={change} />
      {shown.undated > 0 && <p className="quiet">{text.undated(shown.undated)}</p>}
    </section>
  );
}

function placeOf({ dataset, phase }: ActorPosition): string {
  return `${dataset?.slug ?? ""} ${phase}`;
}

const COLUMNS = ["given", "recipients", "received", "suppliers"] as const;

function Degrees({ position }: { position: ActorPosition }) {
  const kinds = useKinds();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text.kind}</th>
          {COLUMNS.map((name) => (
            <th key={name} scope="col">
              {text.columns[name]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {position.kinds.map((each) => (
          <tr key={each.kind}>
            <th scope="row">
              <KindMark kind={each.kind} /> {kinds.label(each.kind)}
            </th>
            <Numbers of={each} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{text.all}</th>
          <Numbers of={position} />
        </tr>
      </tfoot>
    </table>
  );
}

function Numbers({ of }: { of: Record<(typeof COLUMNS)[number], number> }) {
  return COLUMNS.map((name) => <td key={name}>{formatNumber(of[name])}</td>);
}

/**
 * The shares of the suppliers. Supports with an unknown amount or supplier are in no share: a line
 * of its own counts them.
 */
function Supply({ supply, change }: { supply: ActorPosition["supply"]; change: Change }) {
  const { total, suppliers, largestSupplier, tied, largestShare, herfindahl } = supply;
  return (
    <dl className="facts">
      {total !== null && (
        <>
          <div>
            <dt>{text.suppliers}</dt>
            <dd>{text.inTotal(suppliers, decimalText(total))}</dd>
          </div>
          <div>
            <dt>{text.largest}</dt>
            <dd>
              {largestShare === null ? text.noShares : text.percent(largestShare)}{" "}
              {largestSupplier && <ActorLink actor={largestSupplier} change={change} />}
              {tied > 1 && <span className="quiet">{text.tied(tied)}</span>}
            </dd>
          </div>
          <div>
            <dt>
              <abbr title={text.herfindahlHint}>{text.herfindahl}</abbr>
            </dt>
            <dd>{herfindahl ?? text.noShares}</dd>
          </div>
        </>
      )}
      {supply.unknownAmount + supply.unknownSupplier > 0 && (
        <div>
          <dt>{text.leftOut}</dt>
          <dd>{text.unknown(supply.unknownAmount, supply.unknownSupplier)}</dd>
        </div>
      )}
    </dl>
  );
}

import { words } from "../../words";
import { type Named, NOBODY } from "../fields";
import { ActorField } from "./actor_field";

interface Props {
  actors: readonly Named[];
  /** The minimum number of actors: with as many, none can be removed. */
  fewest: number;
  labelOf: (number: number) => string;
  addLabel: string;
  errorsOf: (place: number) => readonly string[];
  onChange: (actors: Named[]) => void;
}

/** A list of actors, each with its own field. */
export function ActorList({ actors, fewest, labelOf, addLabel, errorsOf, onChange }: Props) {
  return (
    <>
      {actors.map((actor, place) => (
        // Two empty fields differ only by their index.
        <div key={place} className="listed-actor">
          <ActorField
            label={labelOf(place + 1)}
            value={actor}
            errors={errorsOf(place)}
            onChange={(changed) => onChange(actors.with(place, changed))}
          />
          {actors.length > fewest && (
            <button
              type="button"
              className="icon-button"
              aria-label={words.record.remove(labelOf(place + 1))}
              onClick={() => onChange(actors.filter((_, each) => each !== place))}
            >
              <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
                <path className="stroke" d="m5 5 10 10M15 5 5 15" />
              </svg>
            </button>
          )}
        </div>
      ))}
      <button type="button" onClick={() => onChange([...actors, NOBODY])}>
        {addLabel}
      </button>
    </>
  );
}

import { words } from "../words";
import { ActorField } from "./inputs/actor_field";
import { ChoiceField } from "./inputs/controls";
import { FEWEST_CANDIDATES, NOBODY, type ClaimProps } from "./fields";

const text = words.record;

/** The actors of whom some give the support, and how many of them do at least. */
export function Candidates({ claim, wrong, set }: ClaimProps) {
  const { candidates, atLeast } = claim;
  // Were it all of them, each would be certain.
  const numbers = Array.from({ length: candidates.length - 1 }, (_, place) => String(place + 1));
  const removed = (place: number) => {
    const others = candidates.filter((_, each) => each !== place);
    const isPossible = Number(atLeast) < others.length;
    set({ candidates: others, atLeast: isPossible ? atLeast : "" });
  };
  return (
    <div className="candidates" role="group" aria-label={text.candidates}>
      {candidates.map((candidate, place) => (
        // Places are all that tells two empty fields apart.
        <div key={place} className="candidate">
          <ActorField
            label={text.candidate(place + 1)}
            value={candidate}
            errors={wrong(`candidates.${place}`)}
            onChange={(actor) => set({ candidates: candidates.with(place, actor) })}
          />
          {candidates.length > FEWEST_CANDIDATES && (
            <button
              type="button"
              className="icon-button"
              aria-label={text.removeCandidate(place + 1)}
              onClick={() => removed(place)}
            >
              <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
                <path className="stroke" d="m5 5 10 10M15 5 5 15" />
              </svg>
            </button>
          )}
        </div>
      ))}
      <button type="button" onClick={() => set({ candidates: [...candidates, NOBODY] })}>
        {text.addCandidate}
      </button>
      <ChoiceField
        label={text.atLeast}
        value={atLeast}
        errors={wrong("atLeast")}
        options={[
          ["", text.notSaid],
          ...numbers.map((number) => [number, text.ofThem(number, candidates.length)] as const),
        ]}
        onChange={(number) => set({ atLeast: number })}
      />
    </div>
  );
}

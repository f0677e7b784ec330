import { words } from "../words";
import { FEWEST_CANDIDATES, type ClaimProps, type Named } from "./fields";
import { ActorList } from "./inputs/actor_list";
import { ChoiceField } from "./inputs/controls";

const text = words.record;

/** The actors of whom some give the support, and how many of them do at least. */
export function Candidates({ claim, wrong, set }: ClaimProps) {
  const { candidates, atLeast } = claim;
  // Were it all of them, each would be certain.
  const numbers = Array.from({ length: candidates.length - 1 }, (_, place) => String(place + 1));
  const change = (changed: Named[]) => {
    const isPossible = Number(atLeast) < changed.length;
    set({ candidates: changed, atLeast: isPossible ? atLeast : "" });
  };
  return (
    <div className="candidates" role="group" aria-label={text.candidates}>
      <ActorList
        actors={candidates}
        fewest={FEWEST_CANDIDATES}
        labelOf={text.candidate}
        addLabel={text.addCandidate}
        errorsOf={(place) => wrong(`candidates.${place}`)}
        onChange={change}
      />
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

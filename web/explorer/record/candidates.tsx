import { words } from "../words";
import { FEWEST_CANDIDATES, type ClaimProps, type Named } from "./fields";
import { ActorList } from "./inputs/actor_list";
import { ChoiceField } from "./inputs/controls";

const text = words.record;

/** The candidate supporters, and the minimum number of them that give the support. */
export function Candidates({ claim, wrong, set }: ClaimProps) {
  const { candidates, atLeast } = claim;
  // Not all of them: then each would be a certain supporter.
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

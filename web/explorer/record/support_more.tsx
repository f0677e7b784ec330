import { useState } from "react";
import { type KindTree, useKinds } from "../kinds/kinds";
import { words } from "../words";
import { ActorField } from "./inputs/actor_field";
import { CheckField, TextField } from "./inputs/controls";
import { hasMore, type ClaimProps } from "./fields";
import { ReferenceField } from "./inputs/reference_field";
import {
  askConflictsCalled,
  askSupportsOf,
  type Conflicts,
  type Supports,
} from "./reference_query";
import { supportText } from "./support_text";

const text = words.record;

/** What else may be known of a support. Most claims say none of it. */
export function SupportMore({ claim, wrong, set }: ClaimProps) {
  const kinds = useKinds();
  const [isOpen, setOpen] = useState(hasMore(claim));
  const isWrong = FIELDS.some((name) => wrong(name).length > 0);
  return (
    // What is refused is in sight.
    <details
      className="more-fields"
      open={isOpen || isWrong}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{text.more}</summary>
      <ReferenceField
        label={text.conflict}
        value={claim.conflict}
        errors={wrong("conflict")}
        find={askConflictsCalled}
        suggestionsOf={conflictsOf}
        onChange={(conflict) => set({ conflict })}
      />
      <ActorField
        label={text.against}
        isOptional
        value={claim.against}
        errors={wrong("against")}
        onChange={(against) => set({ against })}
      />
      <div className="fields-row">
        <TextField
          label={text.place}
          value={claim.place}
          errors={wrong("place")}
          onChange={(place) => set({ place })}
        />
        <TextField
          label={text.agreedOn}
          placeholder="2024-06"
          value={claim.agreedOn}
          errors={wrong("agreedOn")}
          onChange={(agreedOn) => set({ agreedOn })}
        />
      </div>
      <CheckField
        label={text.mutual}
        checked={claim.isMutual}
        errors={wrong("mutual")}
        onChange={(isMutual) => set({ isMutual })}
      />
      <CheckField
        label={text.startCensored}
        checked={claim.isStartCensored}
        errors={wrong("startCensored")}
        onChange={(isStartCensored) => set({ isStartCensored })}
      />
      <CheckField
        label={text.endCensored}
        checked={claim.isEndCensored}
        errors={wrong("endCensored")}
        onChange={(isEndCensored) => set({ isEndCensored })}
      />
      <ReferenceField
        label={text.inReturnFor}
        value={claim.inReturnFor}
        errors={wrong("inReturnFor")}
        find={askSupportsOf}
        suggestionsOf={(answer) => supportsOf(answer, kinds)}
        onChange={(inReturnFor) => set({ inReturnFor })}
      />
      <TextField
        label={text.summary}
        value={claim.summary}
        errors={wrong("summary")}
        onChange={(summary) => set({ summary })}
      />
      <TextField
        label={text.supportNote}
        value={claim.supportNote}
        errors={wrong("supportNote")}
        onChange={(supportNote) => set({ supportNote })}
      />
    </details>
  );
}

const FIELDS: readonly string[] = [
  "conflict",
  "against",
  "place",
  "agreedOn",
  "mutual",
  "startCensored",
  "endCensored",
  "inReturnFor",
  "summary",
  "supportNote",
];

function conflictsOf({ search }: Conflicts) {
  return search.nodes.flatMap(({ record }) =>
    record.__typename === "Conflict"
      ? [
          {
            id: record.id,
            text: record.name,
            more: [record.startedOn, record.endedOn].filter(Boolean).join(" – "),
          },
        ]
      : [],
  );
}

function supportsOf({ supports }: Supports, kinds: KindTree) {
  return supports.nodes.map((support) => ({ id: support.id, text: supportText(support, kinds) }));
}

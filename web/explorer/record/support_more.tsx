import { useState } from "react";
import { type KindTree, useKinds } from "../kinds/kinds";
import { words } from "../words";
import { ActorField } from "./inputs/actor_field";
import { ConflictField } from "./inputs/conflict_field";
import { CheckField, TextField } from "./inputs/controls";
import { hasMore, type ClaimProps } from "./fields";
import { ReferenceField } from "./inputs/reference_field";
import { askDatasetsCalled, askSupportsOf, type Datasets, type Supports } from "./reference_query";
import { supportText } from "./support_text";

const text = words.record;

/** The further fields of a support, collapsed because most claims need none of them. */
export function SupportMore({ claim, wrong, set }: ClaimProps) {
  const kinds = useKinds();
  const [isOpen, setOpen] = useState(hasMore(claim));
  const isWrong = FIELDS.some((name) => wrong(name).length > 0);
  return (
    // A field with an error must be visible.
    <details
      className="more-fields"
      open={isOpen || isWrong}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{text.more}</summary>
      <ConflictField
        label={text.conflict}
        isOptional
        value={claim.conflict}
        errors={wrong("conflict")}
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
      <ReferenceField
        label={text.dataset}
        value={claim.dataset}
        errors={wrong("dataset")}
        hint={text.datasetHint}
        find={askDatasetsCalled}
        suggestionsOf={datasetsOf}
        onChange={(dataset) => set({ dataset })}
      />
      <div className="fields-row">
        <TextField
          label={text.sourceKey}
          value={claim.sourceKey}
          errors={wrong("sourceKey")}
          onChange={(sourceKey) => set({ sourceKey })}
        />
        <TextField
          label={text.sourceCategory}
          value={claim.sourceCategory}
          errors={wrong("sourceCategory")}
          onChange={(sourceCategory) => set({ sourceCategory })}
        />
      </div>
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
  "dataset",
  "sourceKey",
  "sourceCategory",
  "summary",
  "supportNote",
];

function datasetsOf({ search }: Datasets) {
  return search.nodes.flatMap(({ record }) =>
    record.__typename === "Dataset"
      ? [{ id: record.id, text: record.title, more: record.version }]
      : [],
  );
}

function supportsOf({ supports }: Supports, kinds: KindTree) {
  return supports.nodes.map((support) => ({ id: support.id, text: supportText(support, kinds) }));
}

import { useKinds } from "./kinds";

/** The colour of a kind, beside its label: colour alone says nothing. */
export function KindMark({ kind }: { kind: string }) {
  const kinds = useKinds();
  return <span className={`kind-mark hue-${kinds.hue(kind)}`} aria-hidden="true" />;
}

import { useKinds } from "./kinds";

/** The colour of a kind, hidden from screen readers: the label beside it names the kind. */
export function KindMark({ kind }: { kind: string }) {
  const kinds = useKinds();
  return <span className={`kind-mark hue-${kinds.hue(kind)}`} aria-hidden="true" />;
}

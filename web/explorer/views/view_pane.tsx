import { words } from "../words";
import { NoData } from "./states";
import type { ViewProps } from "./view";
import { useView } from "./use_view";

interface Props extends ViewProps {
  /** The number of supports in the database; null until it has loaded. */
  all: number | null;
}

/** The view that the question names. */
export function ViewPane({ all, ...props }: Props) {
  const view = useView(props.question.view);
  if (all === 0) return <NoData />;
  if (!view) return <p className="quiet state">{words.states.loading}</p>;
  return <view.Component {...props} />;
}

import { useLive } from "../api/use_live";
import { words } from "../words";

/** States that the page no longer follows the data; while it does, shows only a dot. */
export function LiveMark() {
  const state = useLive();
  if (state === "connecting") return null;
  const text = state === "live" ? words.time.live : words.time.cutOff;
  return (
    <span className="live" data-state={state} role="status" title={text}>
      <span className={state === "live" ? "visually-hidden" : undefined}>{text}</span>
    </span>
  );
}

import { words } from "../words";
import { dateText } from "./dates";

interface Props {
  date: string | null;
  side: "start" | "end";
  /** Whether the data end at the date, though the support may not. */
  isCensored: boolean;
}

/** A date, which fades out if it is only the end of the data. */
export function CensoredDate({ date, side, isCensored }: Props) {
  if (date === null) return null;
  if (!isCensored) return <>{dateText(date)}</>;
  const more = side === "start" ? words.details.before : words.details.after;
  return (
    <span className="censored" data-side={side} title={`${dateText(date)} ${more}`}>
      {dateText(date)}
      <span className="visually-hidden"> {more}</span>
    </span>
  );
}

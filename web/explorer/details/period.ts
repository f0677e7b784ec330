/** Formats the period of a support as text. */

import { dateText } from "../text/dates";
import { words } from "../words";

interface Dates {
  agreedOn: string | null;
  startedOn: string | null;
  endedOn: string | null;
  startCensored: boolean;
  endCensored: boolean;
}

/** "since Oct 2024", "1975 or before until 2017 or later", "agreed 2021". */
export function periodText(dates: Dates): string {
  const { agreedOn, startedOn, endedOn, startCensored, endCensored } = dates;
  const { before, after, since, until, agreed, undated } = words.details;
  const start = startedOn && `${dateText(startedOn)}${startCensored ? ` ${before}` : ""}`;
  const end = endedOn && `${dateText(endedOn)}${endCensored ? ` ${after}` : ""}`;
  const period = [agreedOn && `${agreed} ${dateText(agreedOn)}`, between(start, end)];
  return period.filter(Boolean).join(", ") || undated;

  function between(first: string | null, last: string | null): string | null {
    if (first === last) return first;
    if (first && last) return `${first} ${until} ${last}`;
    return first ? `${since} ${first}` : `${until} ${last}`;
  }
}

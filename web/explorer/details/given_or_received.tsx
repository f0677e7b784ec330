import { KindMark } from "../kinds/kind_mark";
import { useKinds } from "../kinds/kinds";
import { formatNumber, words } from "../words";
import type { KindGroup } from "./actor_query";
import { YearsChart } from "./years_chart";

interface Props {
  title: string;
  name: string;
  kinds: readonly KindGroup[];
  years: readonly KindGroup[];
}

/** What an actor gives, or receives: numbers of supports by kind, and by year as a small chart. */
export function GivenOrReceived({ title, name, kinds: groups, years }: Props) {
  const kinds = useKinds();
  const sums = new Map<string, { certain: number; possible: number }>();
  for (const { kind, certain, possible } of groups) {
    const sum = sums.get(kind ?? "") ?? { certain: 0, possible: 0 };
    sums.set(kind ?? "", {
      certain: sum.certain + certain.supports,
      possible: sum.possible + possible.supports,
    });
  }
  const most_first = [...sums].sort(([, a], [, b]) => total(b) - total(a));
  return (
    <section>
      <h3>{title}</h3>
      {sums.size === 0 && <p className="quiet">{words.details.nothing}</p>}
      <YearsChart groups={years} label={`${title}: ${words.details.perYear(name)}`} />
      <ul className="kind-sums">
        {most_first.map(([kind, sum]) => (
          <li key={kind}>
            <KindMark kind={kind} />
            <span>{kinds.label(kind)}</span>
            <span className="count">
              {formatNumber(sum.certain)}
              {sum.possible > 0 && (
                <span className="quiet"> + {words.details.possibly(sum.possible)}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function total(sum: { certain: number; possible: number }): number {
  return sum.certain + sum.possible;
}

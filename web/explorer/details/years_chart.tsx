import { type Hue, HUES, useKinds } from "../kinds/kinds";
import type { KindGroup } from "./actor_query";

/**
 * The number of supports in each year, stacked by the colours of their kinds. The list below it
 * names the kinds and has their numbers.
 */
export function YearsChart({ groups, label }: { groups: readonly KindGroup[]; label: string }) {
  const kinds = useKinds();
  const bars = new Map<number, Map<Hue, number>>();
  for (const { kind, year, certain, possible } of groups) {
    if (year === null) continue;
    const bar = bars.get(year) ?? new Map<Hue, number>();
    const hue = kinds.hue(kind ?? "");
    bar.set(hue, (bar.get(hue) ?? 0) + certain.supports + possible.supports);
    bars.set(year, bar);
  }
  if (bars.size === 0) return null;
  const first = Math.min(...bars.keys());
  const last = Math.max(...bars.keys());
  const most = Math.max(...[...bars.values()].map((bar) => sum(bar.values())));
  return (
    <figure className="years-chart">
      <svg
        viewBox={`0 0 ${last - first + 1} ${most}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}, ${first} – ${last}`}
      >
        {[...bars].map(([year, bar]) => (
          <Bar key={year} x={year - first} bar={bar} most={most} />
        ))}
      </svg>
      <figcaption className="quiet">
        <span>{first}</span>
        <span>{last}</span>
      </figcaption>
    </figure>
  );
}

function Bar({ x, bar, most }: { x: number; bar: ReadonlyMap<Hue, number>; most: number }) {
  const hues = HUES.filter((hue) => bar.has(hue));
  const heights = hues.map((hue) => bar.get(hue) ?? 0);
  return hues.map((hue, index) => (
    <rect
      key={hue}
      className={`hue-${hue}`}
      x={x + 0.1}
      y={most - sum(heights.slice(0, index + 1))}
      width={0.8}
      height={heights[index]}
    />
  ));
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}

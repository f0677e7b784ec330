import { words } from "../words";

interface Props {
  /** Number of supports by year. */
  supports: ReadonlyMap<number, number>;
  first: number;
  last: number;
  from: number;
  to: number;
}

/** How many supports are certainly valid in each year; the chosen years are filled. */
export function Histogram({ supports, first, last, from, to }: Props) {
  const most = Math.max(...supports.values());
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  // A few years are no wall of bars.
  const width = Math.min(0.8, years.length / 15);
  return (
    <svg
      className="histogram"
      viewBox={`0 0 ${years.length} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words.time.histogram(first, last)}
    >
      {years.map((year) => {
        const height = (supports.get(year) ?? 0) / most;
        return (
          <rect
            key={year}
            x={year - first + (1 - width) / 2}
            y={1 - height}
            width={width}
            height={height}
            className={year >= from && year <= to ? "chosen" : undefined}
          >
            <title>{words.time.bar(year, supports.get(year) ?? 0)}</title>
          </rect>
        );
      })}
    </svg>
  );
}

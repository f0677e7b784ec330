import { useId } from "react";
import { words } from "../words";

/** The number of supports by year. */
type ByYear = ReadonlyMap<number, number>;

interface Props {
  supports: ByYear;
  /** Supports that began before the data of their data set, by the first year of these data. */
  begunBefore: ByYear;
  /** Supports that go on after the data of their data set, by the last year of these data. */
  goingOn: ByYear;
  first: number;
  last: number;
  from: number;
  to: number;
}

/**
 * The number of supports that are certainly valid in each year, with the chosen years filled. A bar
 * fades out at a year in which data end but the supports may not.
 */
export function Histogram({ supports, begunBefore, goingOn, first, last, from, to }: Props) {
  const fade = useId();
  const most = Math.max(...supports.values());
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  // With only a few years, the bars must not become a solid block.
  const width = Math.min(0.8, years.length / 15);
  const tails = [
    ...[...begunBefore].map(([year, number]) => {
      return { side: "left", year, number, note: words.time.begunBefore(year, number) } as const;
    }),
    ...[...goingOn].map(([year, number]) => {
      return { side: "right", year, number, note: words.time.goingOn(year, number) } as const;
    }),
  ];
  return (
    <svg
      className="histogram"
      viewBox={`0 0 ${years.length} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={[words.time.histogram(first, last), ...tails.map(({ note }) => note)].join("; ")}
    >
      <defs>
        <linearGradient id={`${fade}-left`} x1="1" x2="0">
          <FadeStops />
        </linearGradient>
        <linearGradient id={`${fade}-right`}>
          <FadeStops />
        </linearGradient>
      </defs>
      {tails.map(({ side, year, number, note }) => (
        <Tail
          key={`${side} ${year}`}
          fade={fade}
          side={side}
          middle={year - first + 0.5}
          width={width}
          height={number / most}
          note={note}
        />
      ))}
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

interface TailProps {
  fade: string;
  side: "left" | "right";
  /** The middle of the year's bar, whose width is `width`. */
  middle: number;
  width: number;
  height: number;
  note: string;
}

/**
 * The faded extension of a bar; its height is the number of supports that extend beyond the data.
 */
function Tail({ fade, side, middle, width, height, note }: TailProps) {
  const length = 2 * width;
  return (
    <rect
      x={side === "left" ? middle - width / 2 - length : middle + width / 2}
      y={1 - Math.min(height, 1)}
      width={length}
      height={Math.min(height, 1)}
      fill={`url(#${fade}-${side})`}
    >
      <title>{note}</title>
    </rect>
  );
}

function FadeStops() {
  return (
    <>
      <stop className="fade" offset="0" stopOpacity="0.7" />
      <stop className="fade" offset="1" stopOpacity="0" />
    </>
  );
}

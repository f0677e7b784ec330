import type { Hue } from "../../kinds/kinds";
import { inside, type Label } from "./labels";

interface Props {
  /** Names of actors, and names of kinds in the colours of their arcs. */
  labels: readonly (Label & { hue?: Hue })[];
  /** Width of the map, in pixels. */
  width: number;
  select: (slug: string) => void;
  expand: (slug: string) => void;
}

/**
 * The labels on the map. Hidden from screen readers: the arcs and the list beside the map have the
 * same names.
 */
export function MapLabels({ labels, width, select, expand }: Props) {
  return (
    <g aria-hidden="true">
      {labels.map((label) => {
        const { key, text, hue } = label;
        const [x, y] = label.at;
        return hue ? (
          <text key={key} className={`kind-label hue-${hue}`} x={x} y={y + 4}>
            {text}
          </text>
        ) : (
          <g
            key={key}
            className="place"
            onClick={() => select(key)}
            onDoubleClick={() => expand(key)}
          >
            <circle cx={x} cy={y} r="2.5" />
            <text x={inside(label, width)} y={y + 17}>
              {text}
            </text>
          </g>
        );
      })}
    </g>
  );
}

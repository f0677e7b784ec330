import type { Phase } from "../question/question";

/** How the line of each phase is drawn: length of dash and gap, and width, in pixels. */
export const PHASE_LINES: Record<Phase, { dashes: number[]; width: number }> = {
  PREDICTED: { dashes: [1.5, 4], width: 2 },
  PLEDGED: { dashes: [7, 5], width: 2 },
  AGREED: { dashes: [8, 3, 1.5, 3], width: 2 },
  ALLOCATED: { dashes: [], width: 1.2 },
  DELIVERED: { dashes: [], width: 2.6 },
};

/** A sample of the line that a phase is drawn with. */
export function PhaseMark({ phase }: { phase: Phase }) {
  const { dashes, width } = PHASE_LINES[phase];
  return (
    <svg className="phase-mark" viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
      <line x1="1" y1="4" x2="27" y2="4" strokeWidth={width} strokeDasharray={dashes.join(" ")} />
    </svg>
  );
}

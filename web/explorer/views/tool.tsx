/**
 * A button over a drawing, such as zoom, fit or undo. `path`: the SVG path of its icon, in a square
 * of 20.
 */
export function Tool({
  label,
  path,
  onClick,
}: {
  label: string;
  path: string;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <path className="stroke" d={path} />
      </svg>
    </button>
  );
}

/** The icons for zooming a drawing and for fitting it into the window. */
export const ZOOM_ICONS = {
  in: "M10 4v12M4 10h12",
  out: "M4 10h12",
  fit: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
};

import { DataSetCommands } from "../views/states";
import { words } from "../words";
import { MENU_ID } from "./use_keys";

const { about, keys } = words;
const LINKS = [
  ["/graphql", about.graphiql],
  ["/docs/", about.rest],
  ["/schema.graphql", about.schema],
  ["/openapi.json", about.openapi],
  ["/healthz", about.health],
] as const;

export interface MenuProps {
  /** Opens the form that records a statement. */
  record: () => void;
  /** Starts the story of the first visit; null if its article is not in the database. */
  tell: (() => void) | null;
}

/**
 * The menu: the form that records a statement, the other pages of the service, the keyboard
 * shortcuts, and how to load data.
 */
export function Menu({ record, tell }: MenuProps) {
  return (
    <div
      id={MENU_ID}
      className="popover menu"
      popover="auto"
      role="dialog"
      aria-label={about.title}
    >
      <p className="state-actions">
        <button type="button" popoverTarget={MENU_ID} popoverTargetAction="hide" onClick={record}>
          {words.record.open}
        </button>
        {tell && (
          <button type="button" popoverTarget={MENU_ID} popoverTargetAction="hide" onClick={tell}>
            {words.story.open}
          </button>
        )}
      </p>
      <h2>{about.title}</h2>
      <ul>
        {LINKS.map(([address, text]) => (
          <li key={address}>
            <a href={address}>{text}</a>
          </li>
        ))}
      </ul>
      <h2>{keys.title}</h2>
      <dl className="keys">
        {keys.list.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <h2>{about.add}</h2>
      <p className="quiet">{about.addText}</p>
      <DataSetCommands />
    </div>
  );
}

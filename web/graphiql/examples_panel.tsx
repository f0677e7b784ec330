import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { type Example, examples } from "./examples";
import { narrow } from "./narrow";

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M4 5h16M4 12h9M4 19h9" strokeLinecap="round" />
      <path d="m17 11 4.5 4-4.5 4z" strokeLinejoin="round" />
    </svg>
  );
}

function useOpenExample(): (example: Example) => void {
  const { addTab, changeTab, setOperationName, setVisiblePlugin } = useGraphiQLActions();
  const tabs = useGraphiQL((state) => state.tabs);
  const queryEditor = useGraphiQL((state) => state.queryEditor);

  return (example) => {
    // On a narrow screen the panel covers the editor.
    if (narrow.matches) setVisiblePlugin(null);
    // Switch to an unchanged copy if one is open already.
    const open = tabs.findIndex((tab) => tab.query === example.document);
    if (open >= 0) {
      changeTab(open);
      return;
    }
    addTab();
    queryEditor?.setValue(example.document);
    // GraphiQL parses the operation's name from the text only a moment later, and until then would
    // run the operation of the last tab.
    setOperationName(example.operation);
  };
}

function ExamplesPanel() {
  const openExample = useOpenExample();
  // Until the editor has loaded, a click would open an empty tab.
  const isReady = useGraphiQL((state) => state.queryEditor !== undefined);
  return (
    <section className="examples" aria-label="Examples">
      <h2 className="graphiql-doc-explorer-title">Examples</h2>
      <ul>
        {examples.map((example) => (
          <li key={example.title}>
            <button type="button" disabled={!isReady} onClick={() => openExample(example)}>
              <strong>{example.title}</strong>
              <span>{example.description}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export const examplesPlugin: GraphiQLPlugin = {
  title: "Examples",
  icon: ExamplesIcon,
  content: ExamplesPanel,
};

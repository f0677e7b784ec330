export interface Example {
  title: string;
  description: string;
  document: string;
  /** The name of the first operation. */
  operation: string;
}

const files = import.meta.glob<string>("../examples/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Reads the leading comment of a file: the first line is the title, the rest the description. */
function readExample(document: string): Example {
  const lines = document.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  const [title = "", ...description] = lines.slice(0, end).map((line) => line.slice(1).trim());
  const operation = /^(?:query|mutation|subscription) +(\w+)/m.exec(document)?.[1] ?? "";
  return { title, description: description.join(" "), document, operation };
}

/** All examples, in the order of their numbered file names. */
export const examples: Example[] = Object.keys(files)
  .sort()
  .map((name) => readExample(files[name] ?? ""));

export interface Example {
  title: string;
  description: string;
  document: string;
}

const files = import.meta.glob<string>("../examples/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The comment at the head of a file is what the panel shows: its first line names the example. */
function readExample(document: string): Example {
  const lines = document.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  const [title = "", ...description] = lines.slice(0, end).map((line) => line.slice(1).trim());
  return { title, description: description.join(" "), document };
}

/** In the order of the file names, which are numbered for that. */
export const examples: Example[] = Object.keys(files)
  .sort()
  .map((name) => readExample(files[name] ?? ""));

// Where a generated client asks, and how it prints what it was answered.
declare const process: { argv: string[] };

export const { url, token } = JSON.parse(process.argv[2] ?? "{}") as {
  url: string;
  token: string;
};

export const headers = { Authorization: `Bearer ${token}` };

export interface Answers {
  supports: unknown;
  actor: unknown;
  refused: unknown;
  created: unknown;
}

export function print(answers: Answers): void {
  console.log(JSON.stringify(answers));
}

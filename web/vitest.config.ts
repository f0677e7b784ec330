import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["explorer/**/*.test.ts"], environment: "node" },
});

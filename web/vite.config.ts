import { defineConfig } from "vite";

// `npm run dev` serves the pages with hot reload, and proxies API requests to a running service.
const service = "http://127.0.0.1:8000";

export default defineConfig({
  build: {
    outDir: "../service/http/pages/built",
    emptyOutDir: true,
    rolldownOptions: {
      input: ["explorer.html", "graphiql.html", "swagger.html"],
      // "use client" only affects server-side rendering, which these pages do not use.
      checks: { moduleLevelDirective: false },
      output: {
        codeSplitting: {
          // Keeps React apart from Vite's own helper, which the explorer loads first: see
          // `explorer/start.ts`.
          groups: [{ name: "react", test: /node_modules\/(react|react-dom|scheduler)\// }],
        },
      },
    },
    modulePreload: { polyfill: false },
    // Emit files instead of data: URLs, so that the content security policy can stay strict.
    assetsInlineLimit: 0,
    // The wheel bundles third-party code, so it must include its licences.
    license: { fileName: "licences.md" },
    // Monaco is large however it is split; the warning would be noise.
    chunkSizeWarningLimit: 5000,
  },
  server: {
    proxy: {
      "/graphql": { target: service, ws: true },
      "/openapi.json": service,
      "/api": service,
    },
  },
});

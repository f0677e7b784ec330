import { defineConfig } from "vite";

// `npm run dev` serves the pages with hot reload and asks a running service for the data.
const service = "http://127.0.0.1:8000";

export default defineConfig({
  build: {
    outDir: "../service/http/pages/built",
    emptyOutDir: true,
    rolldownOptions: {
      input: ["graphiql.html", "swagger.html"],
      // "use client" means something to servers that render React; there is none here.
      checks: { moduleLevelDirective: false },
    },
    modulePreload: { polyfill: false },
    // Files instead of data: addresses, so the content security policy can stay narrow.
    assetsInlineLimit: 0,
    // The wheel carries other people's code, so it carries their licences too.
    license: { fileName: "licences.md" },
    // Monaco is large whichever way it is cut; the warning would only be noise.
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

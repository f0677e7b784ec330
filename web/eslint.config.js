import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import typescript from "typescript-eslint";

export default defineConfig(
  globalIgnores(["node_modules", ".node", "generated"]),
  js.configs.recommended,
  typescript.configs.recommended,
  hooks.configs.flat.recommended,
  {
    rules: {
      // The compiler reports unused names already.
      "@typescript-eslint/no-unused-vars": "off",
    },
  },
);

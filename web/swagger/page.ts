import "swagger-ui-dist/swagger-ui.css";
import "./style.css";
import SwaggerUIBundle from "swagger-ui-dist/swagger-ui-es-bundle.js";

// Swagger UI has a dark theme, but the page must enable it.
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
function followSystemColours(): void {
  document.documentElement.classList.toggle("dark-mode", darkness.matches);
}
darkness.addEventListener("change", followSystemColours);
followSystemColours();

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#page",
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // By default Swagger UI sends the URL of the document to a public validator.
  validatorUrl: null,
});

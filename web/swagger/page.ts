import "swagger-ui-dist/swagger-ui.css";
import "./style.css";
import SwaggerUIBundle from "swagger-ui-dist/swagger-ui-es-bundle.js";

// Swagger UI has dark colours but leaves it to the page to say when to use them.
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
  // Otherwise the address of the description is sent to a public validator.
  validatorUrl: null,
});

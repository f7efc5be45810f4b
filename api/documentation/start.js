// Shows the document that lies beside this page; nothing is loaded from elsewhere.
window.SwaggerUIBundle({
  url: "/api/docs/openapi.json",
  dom_id: "#document",
  deepLinking: true,
  validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis],
});

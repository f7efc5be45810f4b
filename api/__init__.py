"""The HTTP service: questions about budgets, uploads, and what was imported. One folder a feature."""

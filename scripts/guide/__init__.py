"""The site generator: matters.yaml and templates become pages; it imports the catalogue, never an adapter."""

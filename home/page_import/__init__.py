"""Pages from a JSON file: the format is documented in `docs/page-import.md`, the command is `import_pages`."""

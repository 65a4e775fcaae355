"""The record as tables: one format for import and export (docs/record-exchange.md).

`export_records` writes the tables, `import_records` reads the same ones: as CSV files, as XLSX or as a ZIP of both.
Each table and column is declared once, in `tables`; reading, writing, checking and the documentation follow from it.
"""

from .exporting import export_records
from .importing import Report, import_records
from .problems import ImportRefused, Problem

__all__ = ["ImportRefused", "Problem", "Report", "export_records", "import_records"]

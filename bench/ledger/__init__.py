"""How fast the record is verified, rebuilt and offered for download at 100,000 assessments of 20,000 pledges."""

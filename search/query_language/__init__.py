"""What readers can type: words, "phrases", -exclusions and field:values. Reading it never fails."""

from .fields import MAX_VALUES, Field, Named, field_of, known_fields, register_field
from .items import Item, scan

__all__ = ["MAX_VALUES", "Field", "Item", "Named", "field_of", "known_fields", "register_field", "scan"]

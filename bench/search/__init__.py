"""How fast the engine inside the database indexes and searches, each search beside its own statements run bare."""

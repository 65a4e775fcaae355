"""What every engine must answer alike: the same documents, the same queries, the same ids."""

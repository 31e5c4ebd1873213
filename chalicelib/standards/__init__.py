"""What the compound has promised, beside how often it was kept."""

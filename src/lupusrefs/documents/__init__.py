"""Documents -> mentions of works, and lists of references: one module per format."""

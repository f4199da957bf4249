"""What is rendered, in the writing of a format."""

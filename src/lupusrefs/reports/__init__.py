"""Outcomes -> text: for people, and as versioned data for programs."""

"""Tests of the catalogue of styles: a package, so that they can share its making."""

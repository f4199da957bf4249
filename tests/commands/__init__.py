"""Support for the tests of commands: a package, so that they can share it."""

"""The tests of Vigens; a package, so that folders of tests can share readers."""

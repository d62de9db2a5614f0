"""Tests; the folders mirror the tree, and `stack`, `browser` and `architecture` look at the whole."""

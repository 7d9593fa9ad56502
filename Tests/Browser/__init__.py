"""Proof in a real browser: the example portal in Debian's Chromium.

A package, so that its conftest does not stand in the way of the one above. `SIGNPOST_TEST_FULL=1` takes every page;
without it a sample: every kind of page, in the languages that differ most.
"""

"""Shared by all tests: the settings of a test run and the small cast of people."""

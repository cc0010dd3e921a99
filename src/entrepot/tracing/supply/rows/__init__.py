"""Rows of a table of supplies that are not plain: what a form says over them, and what refuses one."""

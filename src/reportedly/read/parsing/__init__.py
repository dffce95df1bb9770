"""From the text of a report to parsed passages.

Read `passages` and `marks`, then a sentence before it is parsed (`words`, `matching`), the parser (`headline_case`, `parser`,
`asides`, `vectors`), and what is kept of a parse: `tokens`,
`nodes` with their places in the tree, and `parsed` for the sources.
"""

"""What may stand for ground in a passage: names of places, and ground without a name.

Read `mentions`, then names by `named` (`case`, `runs`, `contexts`, `openings`, `reach`), and what has none: `anaphors`, `groups`, `land`,
`quarters`.
"""

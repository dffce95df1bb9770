"""Where the places of a frame stand.

Read `slots` (`slot_scan`, `slot_words`, `slot_parts`, `slot_ways`, `listing`, `extents`), the phrases around a place (`placing`,
`owned_edges`, `leftward`, `edges`), then the places of a clause: `objects`, `preps`, `members`, `acted_on`, `antecedents` with
`described`, `relatives`, `elided`, `included`, `aims`, `headings`.
"""

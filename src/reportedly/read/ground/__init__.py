"""Which ground is meant: the mentions of a passage as places with ids.

Read `ground`, then `told` and what points back to it (`pointing_back`, `from_context`, `implied`, `topics`, `seats`), `roles`,
`as_regions`, `countries`.
"""

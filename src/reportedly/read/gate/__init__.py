"""Which sentences are worth parsing.

Read `gate`, then what it asks of the raw text (`folding`, `triggers`, `asking`, `asks`, `cue_rows`), of words (`room`, `slot_room`), and
of tags (`tag_room`).
"""

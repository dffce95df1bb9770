"""A parsed passage as the rules see it: the values that they pass on, and what its tree tells of any word.

Read the values (`scene`, `target`, `asserted`; `passing` and `heard`, what is known beside it), then `verb_groups`,
`subjects` with `misparsed_subjects`, `heads`, `sides`, `serial`, and the times that stand between other words: `dated_phrases`, `between`.
"""

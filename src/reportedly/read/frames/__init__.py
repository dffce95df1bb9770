"""Every other frame, and the assertions that all of them make in a passage.

Read `assertions`, then `nouns` (`noun_case`, `noun_places`, `noun_sides`, `noun_guards`; `told_gains`, `lived_under`, `standing`,
`strongholds`), `verbless`, `titles`, `zones`, and what follows up an assertion: `followed`, `named_later`, `compared`.
"""

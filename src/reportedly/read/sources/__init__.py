"""Who says so: for any word the innermost source, its relays, quotation or paraphrase.

Read `attribution`, then reports (`frame`, `reporting`, `reporting_verbs`, `cue_subjects`, `content`, `stretches`, `inserted`,
`phrases`, `claim_nouns`, `viewpoints`, `misparsed`; `taking_back`, `headline_denials`), who speaks (`speakers`, `casting`, `standins`,
`speaker_words`, `taking_up`, `naming`, `acting`, `before`), and speech: `voices`, `quotes`, `quotations`, `openings`, `continuing`,
`summed_up`, `said`, `statements`.
"""

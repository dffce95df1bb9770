"""In which mood a verb or an event noun stands: stated, denied, hedged, or no statement at all.

Read `clauses` for verbs (`finite` with `finite_clause`, `conjunctions` and `governed`; `infinitives`, `gerunds`, `attempts`, `narrated`;
`governing`), `nominal` and `noun_governor` for nouns, and what both ask: `sentences`, `falsehood`, `unfounded`, `denials`, `only_words`.
"""

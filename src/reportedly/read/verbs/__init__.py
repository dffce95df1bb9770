"""Frames of verbs ("captured X") and of their participles ("occupied X").

Read `verbs`, then its rules in their order, all about one `case`: `forms`, `vetoes`, `places` (`passives`, `headlines`, `before`,
`driven`), `ground`, `targets`, `sides`, `actors`, `outcome`; `guards` and `holding` for what looks like something else; `adjectives`
with `attributive`, `adjective_places` and `occupied_land`.
"""

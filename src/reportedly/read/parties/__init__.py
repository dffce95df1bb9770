"""Whose the ground is: the party of an assertion, with the reason.

Read `who`, then its rules in their order, all about one `case`: `named`, `given`, `subject`, `default`, `unnamed`; what they ask: `binding`,
`pronouns`, `nearby`, `words`, `ahead`, `irregulars`; `neither` for two parties at once.
"""

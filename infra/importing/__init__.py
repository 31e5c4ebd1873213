"""``python -m infra.importing FILE_OR_FOLDER --stage S``: a compound's own lists become its register. See docs/import.md.

read (bytes → cells) → check (cells → register, every fault named) → write (devices, links, one switch) → staff (user pool).
"""

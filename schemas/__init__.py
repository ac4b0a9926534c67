"""What passes between the rooms, and the data that they read: forms, columns, classifications, identities."""

from schemas.silence import keep_silent

keep_silent()  # every room imports this one, before any library that would tell its makers that it is used

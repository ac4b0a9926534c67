"""What passes between the rooms, and the data that they read: forms, columns, classifications, identities."""

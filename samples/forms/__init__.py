"""Accounts as publishers' printed forms: a module for each family's set, and the forms that the families share."""

"""A crispy-forms template pack in the classes of NL Design System. Imports no other room."""

"""The doors: JSON for programs, pages for people, the command line."""

"""The office: everything that happens to a petition, from its filing to its close."""

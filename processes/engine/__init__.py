"""SpiffWorkflow behind one door: a case's state goes in, an Advance comes out, and nothing else happens."""

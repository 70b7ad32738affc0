"""What tests start from: an office with its people and procedure, petitions, a hand-wound clock."""

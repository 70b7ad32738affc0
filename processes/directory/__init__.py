"""The entity, its departments and its people, with what each may do."""

"""The ways that a petition goes through the diagrams of `bpmn/`; each is a function that walks one case."""

"""The compiler, whole: every room that says how its nodes become closures, loaded."""

from processes.decisions import contexts, filters, function_values, iterations
from processes.decisions.compiler import Evaluator, compile_node
from processes.decisions.tests_compiler import Test, compile_tests

__all__ = [
    "Evaluator",
    "Test",
    "compile_node",
    "compile_tests",
    "contexts",
    "filters",
    "function_values",
    "iterations",
]

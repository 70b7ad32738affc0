"""FEEL and DMN: expressions, scripts and decision tables, compiled once and evaluated often.

Pure: knows neither the engine that calls it nor the petitions that it decides about.
"""

from processes.decisions.budget import Budget
from processes.decisions.dmn.analysis import Examination, examine_decisions
from processes.decisions.dmn.compiler import compile_decisions
from processes.decisions.dmn.json_text import facts_of, json_text, json_value
from processes.decisions.dmn.model import Decision, DecisionModel
from processes.decisions.errors import BudgetExceeded, DecisionError, FeelError, Problem
from processes.decisions.expression import (
    Expression,
    Script,
    UnaryTests,
    compile_expression,
    compile_script,
    compile_unary_tests,
)
from processes.decisions.facts import FactType, from_stored, to_stored
from processes.decisions.values import Range, Scalar, Value, YearsMonths

__all__ = [
    "Budget",
    "BudgetExceeded",
    "Decision",
    "DecisionError",
    "DecisionModel",
    "Examination",
    "Expression",
    "FactType",
    "FeelError",
    "Problem",
    "Range",
    "Scalar",
    "Script",
    "UnaryTests",
    "Value",
    "YearsMonths",
    "compile_decisions",
    "compile_expression",
    "compile_script",
    "compile_unary_tests",
    "examine_decisions",
    "facts_of",
    "from_stored",
    "json_text",
    "json_value",
    "to_stored",
]

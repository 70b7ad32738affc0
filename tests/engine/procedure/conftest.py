"""What a walk finds wrong is shown as pytest shows it in a test."""

import pytest

pytest.register_assert_rewrite("tests.engine.procedure.walk", "tests.engine.procedure.scenarios")

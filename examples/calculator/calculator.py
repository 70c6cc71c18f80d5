"""Arithmetic on expressions such as `2 * (3 + 4)`."""

import ast
import operator

MAX_LENGTH = 200
MAX_EXPONENT = 1000

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}


class CalculationError(ValueError):
    """The expression has no result; the message says why."""


def calculate(expression):
    """Return the value of an arithmetic expression."""
    if len(expression) > MAX_LENGTH:
        raise CalculationError("The expression is too long")
    try:
        return _evaluate(ast.parse(expression.strip(), mode="eval").body)
    except SyntaxError:
        raise CalculationError("Not an arithmetic expression") from None
    except ZeroDivisionError:
        raise CalculationError("Division by zero") from None
    except OverflowError:
        raise CalculationError("The result is too large") from None


def _evaluate(node):
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, ast.UnaryOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](_evaluate(node.operand))
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        left, right = _evaluate(node.left), _evaluate(node.right)
        if isinstance(node.op, ast.Pow) and max(abs(left), abs(right)) > MAX_EXPONENT:
            raise CalculationError("The result is too large")
        return OPERATORS[type(node.op)](left, right)
    raise CalculationError("Only numbers, + - * / % ** and brackets")

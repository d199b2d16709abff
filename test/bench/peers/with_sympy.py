"""SymPy: one `diff` per name, on expressions that share what the definitions share; `diff` does not simplify."""

import math
from functools import reduce
from operator import add, mul

import sympy
from worker import define

OPERATIONS = {
    "add": lambda *terms: reduce(add, terms),
    "mul": lambda *factors: reduce(mul, factors),
    "sub": lambda a, b: a - b,
    "div": lambda a, b: a / b,
    "pow": lambda a, b: a**b,
    "neg": lambda a: -a,
    "sigmoid": lambda a: 1 / (1 + sympy.exp(-a)),
    "call": lambda name, a: sympy.Function(name)(a),
    **{name: getattr(sympy, name) for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "atan", "tanh")},
}


def prepare(workload):
    sympy.core.cache.clear_cache()
    problems = []
    for problem in workload["problems"]:
        names = define(problem["definitions"], sympy.Symbol, OPERATIONS)
        problems.append((names[problem["output"]], [sympy.Symbol(name) for name in problem["wrt"]]))
    return problems


def derive(problems):
    return [[sympy.diff(output, name) for name in wrt] for output, wrt in problems]


def number(expression, known):
    """The value of an expression in which parts are shared, each part computed once."""
    if expression not in known:
        if expression.is_Number or expression.is_NumberSymbol:
            known[expression] = float(expression)
        else:
            parts = [number(part, known) for part in expression.args]
            if expression.is_Add or expression.is_Mul or expression.is_Pow:
                known[expression] = reduce({"Add": add, "Mul": mul, "Pow": pow}[expression.func.__name__], parts)
            else:
                known[expression] = getattr(math, expression.func.__name__)(*parts)
    return known[expression]


def evaluate(chosen, workload):
    """For an unknown function the known one is put in first, and its derivatives are taken."""
    unknown = workload.get("unknown", {})
    known = {sympy.Symbol(name): value for name, value in workload["values"].items()}
    values = []
    for answer, _ in chosen:
        for name, function in unknown.items():
            answer = answer.replace(sympy.Function(name), OPERATIONS[function])
        values.append(number(answer.doit() if unknown else answer, known))
    return values

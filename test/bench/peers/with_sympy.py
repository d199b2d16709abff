"""SymPy: one `diff` per name, on expressions that share what the definitions share; `diff` does not simplify."""

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


def derive(workload):
    sympy.core.cache.clear_cache()
    answers = []
    for problem in workload["problems"]:
        names = define(problem["definitions"], sympy.Symbol, OPERATIONS)
        output = names[problem["output"]]
        answers.append([sympy.diff(output, sympy.Symbol(name)) for name in problem["wrt"]])
    return answers


def evaluate(chosen, workload):
    known = {name: OPERATIONS.get(known) or getattr(sympy, known) for name, known in workload.get("unknown", {}).items()}
    numbers = {sympy.Symbol(name): value for name, value in workload["values"].items()}
    values = []
    for answer, _ in chosen:
        for name, function in known.items():
            answer = answer.replace(sympy.Function(name), function)
        values.append(float(answer.doit().subs(numbers).evalf() if known else answer.subs(numbers).evalf()))
    return values

"""CasADi: the reverse sweep over its scalar graph, all names at once; it neither simplifies nor prints formulas."""

from functools import reduce
from operator import add, mul

import casadi
from worker import Cannot, define

OPERATIONS = {
    "add": lambda *terms: reduce(add, terms),
    "mul": lambda *factors: reduce(mul, factors),
    "sub": lambda a, b: a - b,
    "div": lambda a, b: a / b,
    "pow": lambda a, b: a**b,
    "neg": lambda a: -a,
    "sigmoid": lambda a: 1 / (1 + casadi.exp(-a)),
    **{name: getattr(casadi, name) for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "atan", "tanh")},
}


def prepare(workload):
    if workload.get("unknown"):
        raise Cannot("every function needs a body or a number")
    problems = []
    for problem in workload["problems"]:
        names = define(problem["definitions"], casadi.SX.sym, OPERATIONS)
        wrt = casadi.vertcat(*(names[name] for name in problem["wrt"]))
        problems.append((names[problem["output"]], wrt, len(problem["wrt"]), names))
    return problems


def derive(problems):
    answers = []
    for output, wrt, count, names in problems:
        gradient = casadi.gradient(output, wrt)
        answers.append([(gradient, index, names) for index in range(count)])
    return answers


def evaluate(chosen, workload):
    inputs = workload["values"]
    values = []
    for (gradient, index, names), _ in chosen:
        used = [name for name in inputs if name in names]
        function = casadi.Function("f", [names[name] for name in used], [gradient[index]])
        values.append(float(function(*(inputs[name] for name in used))))
    return values

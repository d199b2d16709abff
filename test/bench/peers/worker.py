"""One peer, one workload on standard input: how long an answer takes, then what it is at the workload's numbers."""

import importlib
import json
import statistics
import sys
import time


class Cannot(Exception):
    """The peer cannot do this kind of problem at all."""


def renamed(workload, run):
    """The same workload under new names, so that no tool answers from what it remembers of the run before."""

    def mark(name):
        return f"{name}v{run}"

    def rename(formula):
        if isinstance(formula, str):
            return mark(formula)
        if not isinstance(formula, list):
            return formula
        operation, *rest = formula
        if operation == "call":
            return ["call", rest[0], rename(rest[1])]
        return [operation, *map(rename, rest)]

    problems = [
        {
            "definitions": [[mark(name), rename(formula)] for name, formula in problem["definitions"]],
            "output": mark(problem["output"]),
            "wrt": [mark(name) for name in problem["wrt"]],
        }
        for problem in workload["problems"]
    ]
    values = {mark(name): value for name, value in workload["values"].items()}
    return {**workload, "problems": problems, "values": values}


def define(definitions, leaf, operations):
    """All defined names as the tool's own objects, each built once from those before it."""
    names = {}

    def walk(formula):
        if isinstance(formula, str):
            if formula not in names:
                names[formula] = leaf(formula)
            return names[formula]
        if not isinstance(formula, list):
            return formula
        operation, *rest = formula
        if operation == "call":
            return operations["call"](rest[0], walk(rest[1]))
        return operations[operation](*map(walk, rest))

    for name, formula in definitions:
        names[name] = walk(formula)
    return names


def timed(derive, workload, run):
    fresh = renamed(workload, run)
    start = time.perf_counter()
    answers = derive(fresh)
    return (time.perf_counter() - start) * 1000, fresh, answers


def measure(derive, workload):
    """Half a second of answers after a warm-up; the first alone where that took five seconds."""
    first, fresh, answers = timed(derive, workload, 0)
    if first >= 5000:
        return [first], fresh, answers
    times, run = [], 1
    begin = time.perf_counter()
    while time.perf_counter() - begin < 0.3:
        timed(derive, workload, run)
        run += 1
    warm = time.perf_counter()
    while len(times) < 3 or (sum(times) < 500 and time.perf_counter() - warm < 2):
        times.append(timed(derive, workload, run)[0])
        run += 1
    return times, fresh, answers


def say(**line):
    print(json.dumps(line), flush=True)


def main():
    request = json.load(sys.stdin)
    try:
        peer = importlib.import_module(request["peer"])
        times, fresh, answers = measure(peer.derive, request["workload"])
        say(median=statistics.median(times), runs=len(times))
        chosen = [(answers[problem][index], fresh) for problem, index in request["sampled"]]
        say(values=peer.evaluate(chosen, fresh))
    except Exception as error:
        if type(error).__name__ == "Cannot":
            say(cannot=str(error))
        else:
            say(failed=f"{type(error).__name__}: {error}"[:200])


if __name__ == "__main__":
    main()

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


def timed(peer, workload, run):
    """The names are new in every run; they and the tool's own objects for the formulas are made before the clock."""
    fresh = renamed(workload, run)
    prepared = peer.prepare(fresh)
    # Whoever watches the time starts it anew.
    say(ready=run)
    start = time.perf_counter()
    answers = peer.derive(prepared)
    return (time.perf_counter() - start) * 1000, fresh, answers


def measure(peer, workload):
    """Half a second of answers (at least three) after a third of a second; the first alone where it took five."""
    first, fresh, answers = timed(peer, workload, 0)
    if first >= 5000:
        return [first], fresh, answers
    run = 1

    def answers_for(milliseconds, least):
        nonlocal run
        times, total = [], 0.0
        begin = time.perf_counter()
        while len(times) < least or (total < milliseconds and time.perf_counter() - begin < 2):
            times.append(timed(peer, workload, run)[0])
            total += times[-1]
            run += 1
        return times

    answers_for(333, 1)
    return answers_for(500, 3), fresh, answers


def say(**line):
    print(json.dumps(line), flush=True)


def main():
    request = json.load(sys.stdin)
    try:
        peer = importlib.import_module(request["peer"])
        times, fresh, answers = measure(peer, request["workload"])
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

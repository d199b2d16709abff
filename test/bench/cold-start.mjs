/** How long the program takes from nothing, beside the start of Node itself. */
import { spawnSync } from 'node:child_process'

const COMMANDS = [
  ['node -e 0', ['-e', '0'], ''],
  ['backprose --help', ['../../dist/cli.js', '--help'], ''],
  [
    'backprose derive - --wrt x --no-verify',
    ['../../dist/cli.js', 'derive', '-', '--wrt', 'x', '--no-verify'],
    'y = \\sin(x^2)\n',
  ],
]

const once = ([, command, input]) => {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, command, { input, encoding: 'utf8' })
  const failed = status === 0 ? undefined : `not available: ${stderr.trim().split('\n').at(0)}`
  return { time: performance.now() - start, failed }
}

/** The commands take turns, so that whatever else the machine does falls on all of them. */
export const coldStart = (turns = 15) => {
  const rounds = Array.from({ length: turns + 1 }, () => COMMANDS.map(once)).slice(1)
  const medians = COMMANDS.map((_, k) => {
    const times = rounds.map(round => round[k].time).sort((a, b) => a - b)
    return times[Math.floor(times.length / 2)]
  })
  return COMMANDS.map(([title], k) => ({
    title,
    median: medians[k],
    above: k === 0 ? undefined : medians[k] - medians[0],
    failed: rounds[0][k].failed,
  }))
}

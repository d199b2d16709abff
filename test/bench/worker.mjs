/** One peer, one workload: prints how long an answer takes, then what the answer is at the workload's numbers. */
import { Cannot, GaveUp, NotAvailable } from './formulas.mjs'
import { renamed, sampled, WORKLOADS } from './workloads.mjs'

const [module, id] = process.argv.slice(2)
const say = line => process.stdout.write(`${JSON.stringify(line)}\n`)

/** Names are new in every run. They, and the tool's own objects for the formulas, are made before the clock. */
const timed = async ({ derive, prepare }, workload, run) => {
  const fresh = renamed(workload, run)
  const input = prepare ? prepare(fresh) : fresh
  // Whoever watches the time starts it anew.
  say({ ready: run })
  const start = performance.now()
  const answers = await derive(input)
  return { time: performance.now() - start, fresh, answers }
}

/**
 * The median over half a second of answers (at least three), after a third of a second of answers that are not
 * counted; of the first alone where that took five seconds. Making ready counts towards neither, but ends either after
 * two seconds on the clock.
 */
const measure = async (peer, workload) => {
  const first = await timed(peer, workload, 0)
  if (first.time >= 5000) return { ...first, times: [first.time] }
  let run = 1
  const answersFor = async (milliseconds, least) => {
    const times = []
    const begin = performance.now()
    const going = total => total < milliseconds && performance.now() - begin < 2000
    for (let total = 0; times.length < least || going(total); run++) {
      const { time } = await timed(peer, workload, run)
      times.push(time)
      total += time
    }
    return times
  }
  await answersFor(333, 1)
  return { ...first, times: await answersFor(500, 3) }
}

try {
  const peer = await import(module)
  const workload = WORKLOADS.get(id)()
  const { times, fresh, answers } = await measure(peer, workload)
  times.sort((a, b) => a - b)
  say({ median: times[Math.floor(times.length / 2)], runs: times.length })
  const values = []
  for (const [problem, index] of sampled(workload)) {
    values.push((await peer.evaluate(answers[problem][index], fresh)) ?? null)
  }
  say({ values })
} catch (error) {
  const kinds = { cannot: Cannot, 'gave up': GaveUp, 'not available': NotAvailable }
  const kind = Object.keys(kinds).find(name => error instanceof kinds[name]) ?? 'failed'
  say({ [kind]: String(error.message).slice(0, 200) })
}

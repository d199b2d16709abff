/** One peer, one workload: prints how long an answer takes, then what the answer is at the workload's numbers. */
import { Cannot, GaveUp, NotAvailable } from './formulas.mjs'
import { renamed, sampled, WORKLOADS } from './workloads.mjs'

const [module, id] = process.argv.slice(2)
const say = line => process.stdout.write(`${JSON.stringify(line)}\n`)

/** Names are new in every run, and making them is not timed. */
const timed = async ({ derive, prepare }, workload, run) => {
  const fresh = renamed(workload, run)
  const input = prepare ? prepare(fresh) : fresh
  const start = performance.now()
  const answers = await derive(input)
  return { time: performance.now() - start, fresh, answers }
}

/** The median of half a second of answers after a warm-up; of the first alone where that took five seconds. */
const measure = async (peer, workload) => {
  const first = await timed(peer, workload, 0)
  if (first.time >= 5000) return { ...first, times: [first.time] }
  const begin = performance.now()
  const times = []
  let run = 1
  for (; performance.now() - begin < 300; run++) await timed(peer, workload, run)
  const warm = performance.now()
  for (let total = 0; times.length < 3 || (total < 500 && performance.now() - warm < 2000); run++) {
    const { time } = await timed(peer, workload, run)
    times.push(time)
    total += time
  }
  return { ...first, times }
}

try {
  const peer = await import(module)
  const workload = WORKLOADS.get(id)()
  const { times, fresh, answers } = await measure(peer, workload)
  times.sort((a, b) => a - b)
  say({ median: times[Math.floor(times.length / 2)], runs: times.length })
  say({
    values: sampled(workload).map(
      ([problem, index]) => peer.evaluate(answers[problem][index], fresh) ?? null,
    ),
  })
} catch (error) {
  const kinds = { cannot: Cannot, 'gave up': GaveUp, 'not available': NotAvailable }
  const kind = Object.keys(kinds).find(name => error instanceof kinds[name]) ?? 'failed'
  say({ [kind]: String(error.message).slice(0, 200) })
}

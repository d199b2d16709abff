/** The known name that differs least, if any is near. */
export function closest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  // A single letter is never a slip of another one, but for its case.
  let least = Math.min(name.length, Math.max(1, Math.floor(name.length / 3)) + 1)
  for (const other of known) {
    if (Math.abs(other.length - name.length) >= least) continue
    const distance =
      name !== other && name.toLowerCase() === other.toLowerCase() ? 0 : editDistance(name, other)
    if (distance < least) {
      least = distance
      best = other
    }
  }
  return best
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}

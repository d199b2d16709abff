interface Quadrature {
  readonly nodes: readonly number[]
  readonly weights: readonly number[]
}

/**
 * Gauss–Legendre nodes and weights on [0, 1]: the integral of a smooth function is about the weighted sum of its
 * values at the nodes. Roots of the Legendre polynomial by Newton's method from Tricomi's starting points
 * (Abramowitz and Stegun 22.16.6, 25.4.29).
 */
export function gaussLegendre(count: number): Quadrature {
  const nodes: number[] = []
  const weights: number[] = []
  for (let i = 1; i <= count; i++) {
    let x = Math.cos((Math.PI * (i - 0.25)) / (count + 0.5))
    let slope = 1
    for (let round = 0; round < 8; round++) {
      let [previous, current] = [1, x]
      for (let k = 2; k <= count; k++) {
        const next = ((2 * k - 1) * x * current - (k - 1) * previous) / k
        previous = current
        current = next
      }
      slope = (count * (previous - x * current)) / (1 - x * x)
      x -= current / slope
    }
    nodes.push((1 - x) / 2)
    weights.push(1 / ((1 - x * x) * slope * slope))
  }
  return Object.freeze({ nodes: Object.freeze(nodes), weights: Object.freeze(weights) })
}

import { NameError } from '../../base/errors.js'
import { giveNumbers } from './document-names.js'
import type { Material } from './material.js'
import { assemble, items, nameParts } from './names.js'
import type { Numbers } from './numbers.js'
import { findName } from './plan-names.js'
import { meet, passOver, type Session } from './reader.js'
import { NOWHERE } from './resolve.js'
import type { SymbolEntry } from './scope.js'

/** Enters the numbers that the document gives to its quantities and sizes. */
export function enterValues(session: Session, material: Material, values: Map<SymbolEntry, Numbers>): void {
  for (const { name: node, numbers, span } of material.sorted.values) {
    const parts = nameParts(node)!
    const name = assemble(parts, items(parts.subscripts), parts.superscripts, parts.primes)
    if (name === undefined) {
      passOver(session, 'a value was passed over', 'this is not a name', span)
      continue
    }
    if (session.dimensions.has(name) && !session.scope.has(name)) {
      material.sizes.set(name, numbers[0]![0]!)
      continue
    }
    const known = session.scope.get(name)
    if (known !== undefined && known.kind !== 'symbol') {
      passOver(session, `the value of ${name} was passed over`, 'it is no quantity', span)
      continue
    }
    if (known === undefined) {
      const found = findName(session, parts, parts.superscripts, parts.primes, NOWHERE)
      if (found !== undefined) {
        passOver(
          session,
          `the value of ${name} was passed over`,
          'only whole quantities are given values',
          span,
        )
        continue
      }
    }
    const shape = {
      rows: session.solver.side(numbers.length),
      columns: session.solver.side(numbers[0]!.length),
    }
    const entry = known ?? meet(session, name, node.span, shape)
    if (entry.defined || values.has(entry)) {
      if (material.strict && values.has(entry)) {
        throw new NameError('defined-twice', `${name} is given a value twice`, { span })
      }
      const other = values.get(entry)
      if (other === undefined || JSON.stringify(other) !== JSON.stringify(numbers)) {
        const error = new NameError('defined-twice', `${name} is given a second value`, { span })
        session.doubts.push({ name, error, when: 'asked' })
      }
      const before = entry.defined ? 'a definition' : 'a value'
      passOver(session, `the value of ${name} was passed over`, `${name} has ${before} already`, span)
      continue
    }
    if (known === undefined) entry.reason = 'its value is given'
    values.set(entry, giveNumbers(session, entry, numbers, material.sizes, span))
  }
}

/** Gives a quantity the numbers that came beside the text. */
export function bindNumbers(
  session: Session,
  name: string,
  numbers: Numbers,
  values: Map<SymbolEntry, Numbers>,
  sizes: Map<string, number>,
): void {
  const entry = session.scope.get(name) ?? spelledAlike(session, name)
  if (entry?.kind !== 'symbol') {
    passOver(session, `the value of ${name} was passed over`, 'no quantity of that name occurs')
    return
  }
  values.set(entry, giveNumbers(session, entry, numbers, sizes, entry.span))
}

/** The one quantity whose name has the same letters: `W_{1}` and `W1` are spellings of one name in two dialects. */
function spelledAlike(session: Session, name: string): SymbolEntry | undefined {
  const letters = (text: string) => text.replace(/[_{}\s]/g, '')
  const wanted = letters(name)
  const alike = [...session.scope.values()].filter(
    entry => entry.kind === 'symbol' && letters(entry.name) === wanted,
  )
  const [only] = alike
  return alike.length === 1 && only?.kind === 'symbol' ? only : undefined
}

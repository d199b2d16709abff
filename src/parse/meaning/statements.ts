import { childrenOf } from '../children.js'
import { bare, items, nameParts, scriptText } from '../elaborate/names.js'
import { isHead, mentions } from '../elaborate/occurrence.js'
import type { Session } from '../elaborate/reader.js'
import { NOWHERE } from '../elaborate/resolve.js'
import type { Statement } from '../read.js'
import type { Syntax } from '../syntax.js'
import { type Form, form, leaf } from './form.js'
import { indicesOf } from './names.js'
import { readForm } from './plan.js'

/**
 * What a statement says. A row that begins with a relation is `(cont = …)`; a name with a new value in terms of its
 * old one is `(update …)`; quantifiers behind it stand around it: `(for … (= i (list 1 ... n)))`.
 */
export function statementForm(session: Session, statement: Statement): Form {
  const { body, continues, tail } = statement
  const { apart, groups } = session.evidence
  apart.clear()
  if (continues === null) groups.length = 0
  for (const pair of pairsApart(body, groups)) apart.add(pair)
  const read = readForm(session, body, NOWHERE)
  const told = tail.map(each => readForm(session, each, NOWHERE))
  const said =
    continues !== null ? continued(continues, read) : isUpdate(body) ? form('update', ...read.args) : read
  return told.length === 0 ? said : form('for', said, ...told)
}

function continued(operator: string, read: Form): Form {
  const rest =
    read.head === 'chain'
      ? read.args
      : /^:?=$/.test(read.head)
        ? [read.args[0]!, leaf(read.head), read.args[1]!]
        : [read]
  return form('cont', leaf(operator), ...rest)
}

/** `W \leftarrow W - g`, `W = W - g`: the left side is what the right side is made of. */
function isUpdate(body: Syntax): boolean {
  const node = bare(body)
  if (node.kind !== 'relation' || node.leading || node.operators.length !== 1) return false
  const [operator] = node.operators
  if (operator === 'gets') return true
  if (operator !== '=' && operator !== ':=') return false
  const parts = nameParts(node.operands[0]!)
  const right = bare(node.operands[1]!)
  return (
    parts !== undefined && isHead(parts) && right.kind === 'sum' && mentions(right, bare(node.operands[0]!))
  )
}

/** Pairs of letters that stand as subscripts without one another: what has both of them compares them. */
function pairsApart(root: Syntax, groups: ReadonlySet<string>[]): ReadonlySet<string> {
  const compared: (readonly [string, string])[] = []
  const open: Syntax[] = [root]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const node = bare(next)
    if (node.kind === 'scripted' && node.subscripts.length > 0) {
      const letters = items(node.subscripts)
        .flatMap(indicesOf)
        .map(index => scriptText(index) ?? '')
      const isDelta = node.base.kind === 'name' && node.base.base === 'delta'
      if (!isDelta) groups.push(new Set(letters))
      else if (letters.length === 2) compared.push([letters[0]!, letters[1]!])
    }
    for (const child of childrenOf(node)) open.push(child)
  }
  const alone = (one: string, two: string) => groups.some(group => group.has(one) && !group.has(two))
  return new Set(
    compared.flatMap(([one, two]) => (alone(one, two) && alone(two, one) ? [`${one},${two}`] : [])),
  )
}

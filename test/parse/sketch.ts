import type { Statement } from '../../src/parse/read.js'
import type { Syntax } from '../../src/parse/syntax.js'

/**
 * One line for a syntax tree, for tests: `{…}` product, `[…]` sum, `f·(x)` adjoined, `@` a function word, `f⟨x⟩`
 * what a function or operator governs, `∂(of / by)` a derivative.
 */
export function sketch(node: Syntax | null): string {
  if (node === null) return '∅'
  switch (node.kind) {
    case 'number':
      return node.text
    case 'name':
      return `${node.isFunction ? '@' : ''}${node.font === null ? '' : `${node.font}:`}${node.marks.map(mark => `${mark}~`).join('')}${node.base}`
    case 'text':
      return `"${node.text}"`
    case 'dots':
      return '…'
    case 'mark':
      return `<${node.text}>`
    case 'range':
      return `(${sketch(node.from)}..${sketch(node.to)})`
    case 'scripted': {
      const below = node.subscripts.map(script => `_{${sketch(script)}}`).join('')
      const above = node.superscripts
        .map(script => `${node.entrywise ? '.' : ''}^{${sketch(script)}}`)
        .join('')
      return `${sketch(node.base)}${below}${above}${"'".repeat(node.primes)}`
    }
    case 'decorated':
      return `${node.mark}(${sketch(node.body)})`
    case 'colored':
      return `${node.color}(${sketch(node.body)})`
    case 'annotated':
      return `note(${sketch(node.body)}; ${sketch(node.note)})`
    case 'signed':
      return `(${node.sign} ${sketch(node.operand)})`
    case 'sum':
      return `[${node.terms.map(term => `${term.sign} ${sketch(term.operand)}`).join(' ')}]`
    case 'product':
      return `{${joined(
        node.factors,
        node.operators.map(o => (o === 'juxtaposed' ? ' ' : ` ${o} `)),
      )}}`
    case 'fraction':
      return `${node.style}(${sketch(node.numerator)}, ${sketch(node.denominator)})`
    case 'root':
      return `root(${sketch(node.radicand)}, ${sketch(node.degree)})`
    case 'group':
      return `${node.brackets.open || '⟦'}${sketch(node.body)}${node.brackets.close || '⟧'}`
    case 'adjoined':
      return `${sketch(node.head)}·${node.brackets.open}${joined(node.args, node.separators)}${node.brackets.close}`
    case 'applied':
      return `${sketch(node.head)}⟨${sketch(node.argument)}⟩`
    case 'big':
      return `${node.operator}[${sketch(node.lower)}; ${sketch(node.upper)}]⟨${sketch(node.body)}⟩`
    case 'bars':
      return `|${sketch(node.body)}|`
    case 'norm':
      return `‖${sketch(node.body)}‖${node.subscript === null ? '' : `_${sketch(node.subscript)}`}`
    case 'matrix':
      return `matrix${node.brackets.open}${node.rows.map(row => row.map(sketch).join(' & ')).join(' \\ ')}${node.brackets.close}`
    case 'cases':
      return `cases{${node.branches.map(b => `${sketch(b.value)} if ${b.otherwise ? 'otherwise' : sketch(b.condition)}`).join('; ')}}`
    case 'derivative': {
      const by = node.by.map(
        b => `${sketch(b.variable)}${b.order === null ? '' : `#${sketch(b.order)}`}${b.signed ? '' : '?'}`,
      )
      const order = node.order === null ? '' : sketch(node.order)
      return `${node.sign}${order}${node.form === 'operator' ? '!' : ''}(${sketch(node.of)} / ${by.join(', ')})`
    }
    case 'gradient': {
      const above = node.superscripts.map(script => `^{${sketch(script)}}`).join('')
      return `${node.symbol}[${node.by.map(sketch).join(', ')}]${above}⟨${sketch(node.operand)}⟩`
    }
    case 'differential':
      return `${node.sign}⟨${sketch(node.operand)}⟩`
    case 'evaluated':
      return `at(${sketch(node.body)}; ${sketch(node.at)}; ${sketch(node.upper)})`
    case 'list':
      return `list(${joined(node.items, node.separators)})`
    case 'relation':
      return (
        (node.leading ? `${node.operators[0]} ` : '') +
        joined(
          node.operands,
          node.operators.slice(node.leading ? 1 : 0).map(o => ` ${o} `),
        )
      )
  }
}

export function sketchStatement(statement: Statement): string {
  const lead = statement.lead === null ? '' : `«${statement.lead}» `
  const continues = statement.continues === null ? '' : `…${statement.continues} `
  const tail = statement.tail.map(part => ` for ${sketch(part)}`).join('')
  const remark = statement.remark === null ? '' : ` «${statement.remark}»`
  return `${lead}${continues}${sketch(statement.body)}${tail}${remark}`
}

function joined(nodes: readonly Syntax[], separators: readonly string[]): string {
  return nodes
    .map((node, i) => (i === 0 ? '' : (separators[i - 1]?.replace(/^([,;|])$/, '$1 ') ?? '')) + sketch(node))
    .join('')
}

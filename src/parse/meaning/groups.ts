import { bare } from '../elaborate/names.js'
import type { Session } from '../elaborate/reader.js'
import { type Place, plan, type Step } from '../elaborate/resolve.js'
import type { GroupSyntax, Syntax } from '../syntax.js'
import { separated } from './acts.js'
import { type Form, form, leaf } from './form.js'

const ROUNDED: ReadonlyMap<string, string> = new Map([
  ['lfloor', 'floor'],
  ['lceil', 'ceil'],
  ['langle', 'inner'],
  ['{', 'set'],
])

/** Brackets that hold one formula only group it; those with a list in them, and braces, say what they are. */
export function planGroup(_session: Session, node: GroupSyntax, place: Place): Step<Form> {
  const { brackets, body } = node
  const head = ROUNDED.get(brackets.open) ?? ''
  if (body === null) return brackets.open === '' ? leaf('_') : form(head === '' ? 'list' : head)
  const inside = bare(body)
  const items: readonly Syntax[] = inside.kind === 'list' ? inside.items : [body]
  const separators = inside.kind === 'list' ? inside.separators : []
  return plan<Form>(items, place, parts => {
    const apart = separated(parts, separators)
    const all = brackets.open === '(' ? withMembers(apart) : apart
    if (head === 'set' && GROUPED.has(inside.kind)) return parts[0]!
    if (head !== '') return form(head, ...all)
    if (isRow(inside) && (brackets.open === '(' || brackets.open === '['))
      return form('list', ...parts[0]!.args)
    if (inside.kind !== 'list') return parts[0]!
    if (brackets.open === '') return form('list', ...all)
    const open = brackets.open === '[' || brackets.open === '('
    if (open && brackets.close !== PARTNERS.get(brackets.open)) return form('interval', ...all)
    return form(brackets.open === '(' ? 'tuple' : 'list', ...all)
  })
}

/** `(a_1 \ a_2 \ \dots \ a_n)`: what stands side by side with dots between is a row. */
function isRow(node: Syntax): boolean {
  if (node.kind !== 'product' || node.operators.some(operator => operator !== 'juxtaposed')) return false
  return node.factors.slice(1, -1).some(factor => factor.kind === 'dots')
}

/** Braces around a formula that makes one value only group it. */
const GROUPED: ReadonlySet<Syntax['kind']> = new Set([
  'sum',
  'signed',
  'product',
  'fraction',
  'derivative',
  'big',
  'applied',
])

/** `(v \in A, P, Q \in B)`: names before a membership share it. */
function withMembers(parts: readonly Form[]): readonly Form[] {
  const out: Form[] = []
  let names: Form[] = []
  for (const part of parts) {
    const member = part.head === 'in' || (part.head === 'chain' && part.args[1]?.head === 'in')
    if (part.args.length === 0 && /^[A-Za-z]/.test(part.head)) names.push(part)
    else {
      if (member && names.length > 0)
        out.push(form(part.head, form('list', ...names, part.args[0]!), ...part.args.slice(1)))
      else out.push(...names, part)
      names = []
    }
  }
  return [...out, ...names]
}

const PARTNERS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
])

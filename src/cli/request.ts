import { UsageError } from '../base/errors.js'
import type { DerivativeForm, Layout } from '../expr/problem.js'
import type { DerivationRequest } from '../parse/derivation.js'
import type { Bindings, DeclarationObject, ProblemRequest } from '../parse/options.js'

/** A derivative that is asked for in one line of a batch. */
export interface DeriveRequest {
  readonly problem: ProblemRequest
  readonly layout: Layout | undefined
  readonly form: DerivativeForm | undefined
  /** Whether the variable was declared with two sizes, so that both stay axes even where one of them is 1. */
  readonly isMatrix: boolean
}

type Fields = { readonly [name: string]: unknown }

/** Answers one request of a task. */
export type Answering = (request: unknown) => Promise<object>

/** The identifier of a request, whatever else is wrong with it. */
export function idOf(request: unknown): unknown {
  return isFields(request) && Object.hasOwn(request, 'id') ? request.id : null
}

/** What a request asks to be done with it. Raises `UsageError`. */
export function taskOf(request: unknown): 'derive' | 'check' {
  const task = own(fieldsOf(request), 'task')
  if (task === 'derive' || task === 'check') return task
  throw wrong('task', "'derive' or 'check'", task)
}

/** Checks every field of a request. Raises `UsageError` naming the field. */
export function deriveRequest(request: unknown): DeriveRequest {
  const fields = fieldsOf(request)
  const decls = listOf(fields, 'decls', declaration)
  const wrt = text(own(fields, 'wrt'), 'wrt')
  const problem = {
    syntax: oneOf(fields, 'syntax', ['latex', 'plain'] as const, 'latex'),
    decls,
    assume: listOf(fields, 'assume', text),
    defs: listOf(fields, 'defs', text),
    expr: text(own(fields, 'expr'), 'expr'),
    wrt,
    second: present(fields, 'second') ? text(own(fields, 'second'), 'second') : undefined,
    order: oneOf(fields, 'order', [1, 2] as const, 1),
    dims: tableOf(fields, 'dims', size),
    bindings: present(fields, 'bindings') ? tableOf(fields, 'bindings', nested) : undefined,
  }
  const layout = present(fields, 'layout') ? oneOf(fields, 'layout', LAYOUTS, 'gradient') : undefined
  const form = present(fields, 'form') ? oneOf(fields, 'form', FORMS, 'index') : undefined
  return { problem, layout, form, isMatrix: decls.some(each => declaresMatrix(each, wrt)) }
}

/** A derivation that is to be checked. Raises `UsageError` naming the field. */
export function checkRequest(request: unknown): DerivationRequest {
  const fields = fieldsOf(request)
  const wrt = own(fields, 'wrt')
  return {
    syntax: oneOf(fields, 'syntax', ['latex', 'plain'] as const, 'latex'),
    decls: listOf(fields, 'decls', declaration),
    assume: listOf(fields, 'assume', text),
    defs: listOf(fields, 'defs', text),
    lines: listOf(fields, 'lines', text),
    wrt: typeof wrt === 'string' ? wrt : listOf(fields, 'wrt', text),
    dims: tableOf(fields, 'dims', size),
  }
}

function declaresMatrix(declared: string | DeclarationObject, wrt: string): boolean {
  if (typeof declared !== 'string')
    return declared.name === wrt && declared.shape.length === 2 && !declared.family
  const [name, set] = declared.split(/\\in\b|:/, 2)
  return name?.trim() === wrt.trim() && /\\times|\d\s*x\s|\sx\s/.test(set ?? '')
}

export const LAYOUTS: readonly Layout[] = Object.freeze(['gradient', 'numerator', 'denominator'])
export const FORMS: readonly DerivativeForm[] = Object.freeze(['map', 'index', 'kronecker'])

function fieldsOf(request: unknown): Fields {
  if (isFields(request)) return request
  throw new UsageError('wrong-request', 'a request must be an object in JSON')
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

function present(fields: Fields, name: string): boolean {
  const value = own(fields, name)
  return value !== undefined && value !== null
}

function wrong(name: string, wanted: string, found: unknown): UsageError {
  const shown = JSON.stringify(found) ?? 'nothing'
  return new UsageError('wrong-request', `${name} must be ${wanted}, not ${shown.slice(0, 60)}`)
}

function oneOf<T extends string | number>(
  fields: Fields,
  name: string,
  words: readonly T[],
  otherwise: T,
): T {
  if (!present(fields, name)) return otherwise
  const value = own(fields, name)
  const found = words.find(word => word === value)
  if (found !== undefined) return found
  throw wrong(name, `one of ${words.join(', ')}`, value)
}

function listOf<T>(fields: Fields, name: string, item: (value: unknown, name: string) => T): readonly T[] {
  if (!present(fields, name)) return []
  const value = own(fields, name)
  if (!Array.isArray(value)) throw wrong(name, 'a list', value)
  return value.map((entry, i) => item(entry, `${name}[${i}]`))
}

function tableOf<T>(
  fields: Fields,
  name: string,
  item: (value: unknown, name: string) => T,
): Readonly<Record<string, T>> {
  if (!present(fields, name)) return {}
  const value = own(fields, name)
  if (!isFields(value)) throw wrong(name, 'an object', value)
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, item(entry, `${name}.${key}`)]))
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string') return value
  throw wrong(name, 'a string', value)
}

function size(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value
  throw wrong(name, 'a whole number above 0', value)
}

function declaration(value: unknown, name: string): string | DeclarationObject {
  if (typeof value === 'string') return value
  if (!isFields(value)) throw wrong(name, 'a string or an object with name and shape', value)
  const shape = own(value, 'shape')
  const family = own(value, 'family')
  if (
    !Array.isArray(shape) ||
    shape.length > (family === undefined || family === null ? 2 : 3) ||
    !shape.every(side => typeof side === 'string' || typeof side === 'number')
  ) {
    throw wrong(`${name}.shape`, 'a list of up to two sizes', shape)
  }
  if (family !== undefined && family !== null && typeof family !== 'string')
    throw wrong(`${name}.family`, 'an index letter', family)
  return { name: text(own(value, 'name'), `${name}.name`), shape, family: family ?? undefined }
}

type Numbers = Bindings[string]

function nested(value: unknown, name: string): Numbers {
  const isRow = (row: unknown): row is number[] =>
    Array.isArray(row) && row.every(entry => typeof entry === 'number')
  const isTable = (table: unknown): table is number[][] => Array.isArray(table) && table.every(isRow)
  if (typeof value === 'number' || isRow(value) || isTable(value)) return value
  if (Array.isArray(value) && value.every(isTable)) return value
  throw wrong(name, 'a number, a list of numbers, a list of rows, or a list of matrices', value)
}

export {
  DomainError,
  type ErrorDetails,
  LimitError,
  MathError,
  NameError,
  NotDifferentiableError,
  ParseError,
  ShapeError,
  UsageError,
  VerificationError,
} from './base/errors.js'
export type { Limits } from './base/limits.js'
export type { MatrixAlgebra } from './base/matrix-algebra.js'
export { type Place, placeOf, type Span } from './base/span.js'
export type { Nested, Tensor } from './base/tensor.js'
export { type CatalogueSection, catalogue } from './catalogue/catalogue.js'
export type { CatalogueEntry, Instance } from './catalogue/entry.js'
export { type CheckDerivationOptions, check } from './check/library.js'
export type { CheckedLine, Repair, Status } from './check/verdict.js'
export type { Asked } from './derive/ask.js'
export { type DomainCondition, domainConditions } from './derive/conditions.js'
export { type Index, type IndexRange, toIndexForm, toMatrixForm } from './derive/index-form.js'
export {
  type DeriveOptions,
  derive,
  type EvaluateOptions,
  evaluate,
  type GradientOptions,
  gradient,
  type JacobianOptions,
  jacobian,
  simplify,
  type VerifyOptions,
  verify,
} from './derive/library.js'
export type { NumericValues } from './derive/numbers.js'
export type {
  Adjoint,
  Answer,
  AnswerKind,
  BackwardRow,
  EntryForm,
  Piece,
  Solution,
} from './derive/solution.js'
export { loadEngines } from './derive/verified.js'
export type { DocumentKind, MathBlock } from './document/block.js'
export { findMath, kindOfFile } from './document/find.js'
export type { Check, Counterexample } from './evaluate/check.js'
export type { Engines } from './evaluate/oracle.js'
export type { Assumption } from './expr/law.js'
export type { Call, Expr, Num, Sym } from './expr/node.js'
export type { Notation } from './expr/notation.js'
export { defineOp, type Op, type OpSpec, PRECEDENCE } from './expr/op.js'
export type {
  Claim,
  Declaration,
  Definition,
  DerivativeForm,
  EntrySet,
  Fact,
  Layout,
  Problem,
  Question,
  Reading,
} from './expr/problem.js'
export type { Rule } from './expr/rule.js'
export type { Dim, Shape } from './expr/shape.js'
export type { Step, StepKind } from './expr/step.js'
export { applyOp } from './ops/apply.js'
export type { DerivationRequest } from './parse/derivation.js'
export { type Form, formText } from './parse/meaning/form.js'
export type {
  Bindings,
  DeclarationObject,
  ReadExpressionOptions,
  ReadProblemOptions as ParseOptions,
} from './parse/options.js'
export {
  type Outline,
  type OutlinedEquation,
  type OutlinedStatement,
  outlineOf,
  type StatementRole,
} from './parse/outline.js'
export { type Passage, readPassages as parsePassages } from './parse/passages.js'
export { readExpression as parseExpression, readProblem as parse } from './parse/problem.js'
export type { ReportOptions } from './present/drafting.js'
export { toJson } from './present/json.js'
export { toLatexDocument } from './present/latex.js'
export { toMarkdown } from './present/markdown.js'
export { type Report, reportOf } from './present/report.js'
export { type TextOptions, toTerminal } from './present/text.js'
export { toLatex } from './print/latex.js'
export { toText } from './print/text.js'

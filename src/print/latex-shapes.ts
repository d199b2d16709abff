import { latexName } from '../expr/name.js'
import { type Dim, isScalar, type Shape } from '../expr/shape.js'

/** A size as it stands in a script. */
export function latexDim(dim: Dim): string {
  return typeof dim === 'number' ? String(dim) : latexName(dim).replaceAll('*', ' ')
}

/** Rows and columns, `m \times n`; one row and one column are written too. */
export function latexShape({ rows, columns }: Shape): string {
  return `${latexDim(rows)} \\times ${latexDim(columns)}`
}

/**
 * The space of all arrays of a shape: `\mathbb{R}`, `\mathbb{R}^{n}`, `\mathbb{R}^{m \times n}`;
 * or of other entries than all real numbers.
 */
export function latexSpace(shape: Shape, entries = '\\mathbb{R}'): string {
  if (isScalar(shape)) return entries
  return `${entries}^{${shape.columns === 1 ? latexDim(shape.rows) : latexShape(shape)}}`
}

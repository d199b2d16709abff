import type { Span } from '../base/span.js'

/** What a file is besides its mathematics; `latex` and `plain` are nothing but equations. */
export type DocumentKind = 'markdown' | 'mdx' | 'tex' | 'notebook' | 'rst' | 'latex' | 'plain'

/** A piece of mathematics in a document, ready to be read: its text, and where each offset of it stands in the file. */
export interface MathBlock {
  /** The whole of it in the file, delimiters included. */
  readonly span: Span
  /** The mathematics as it is read: without marks of quotations, and with the escapes of the file undone. */
  readonly text: string
  /** Where an offset of `text` stands in the file. */
  readonly origin: (offset: number) => number
  /** Set apart from the sentence, or in it. */
  readonly display: boolean
  readonly dialect: 'latex' | 'plain'
  /** No mathematics, but what it is read with: definitions of macros, and comments that steer the reading. */
  readonly definitions: boolean
  /** Of a notebook: which cell it stands in, counted from 0, and where an offset of `text` stands in that cell. */
  readonly cell?: CellPlace | undefined
}

export interface CellPlace {
  readonly index: number
  readonly text: string
  readonly origin: (offset: number) => number
}

/** A piece found in a text, before quotations and escapes are undone. */
export interface Found {
  readonly span: Span
  readonly inner: Span
  readonly display: boolean
  readonly dialect?: 'latex' | 'plain'
  readonly definitions?: boolean
  /** Backslashes are doubled and underscores escaped, as Markdown without mathematics needs it. */
  readonly escaped?: boolean
}

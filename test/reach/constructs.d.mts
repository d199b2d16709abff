export const CONSTRUCTS: readonly (readonly [name: string, pattern: RegExp | null])[]
export function constructsOf(equation: {
  readonly tex: string
  readonly macros?: object | undefined
}): readonly string[]
export function hasDerivative(equation: { readonly tex: string }): boolean

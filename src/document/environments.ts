const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Environments that are mathematics without any dollar sign around them. */
export const MATH_ENVIRONMENTS: ReadonlySet<string> = new Set(
  words(`align aligned alignat alignedat equation split gather gathered eqnarray multline multlined flalign math
    displaymath IEEEeqnarray dgroup dmath empheq`),
)

/** Environments whose content is nothing but text. */
export const VERBATIM_ENVIRONMENTS: ReadonlySet<string> = new Set(
  words('verbatim Verbatim lstlisting minted comment filecontents tikzpicture'),
)

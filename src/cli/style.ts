import * as util from 'node:util'

/** Text in a style, whatever the stream is: that was decided before. */
export function styled(style: string, text: string): string {
  const { styleText } = util as unknown as {
    readonly styleText: (style: string, text: string, options: { readonly validateStream: boolean }) => string
  }
  return styleText(style, text, { validateStream: false })
}

import type { WriteStream } from 'node:tty'
import type { Io, Terminal } from './io.js'

/** The streams of this process. A reader that has gone away ends the program quietly. */
export function processIo(): Io {
  const { stdin, stdout, stderr } = process
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      process.exit(error.code === 'EPIPE' ? 0 : 2)
    })
  }
  return {
    input: () => bytesOf(stdin),
    print: text =>
      new Promise((done, failed) => stdout.write(text, error => (error ? failed(error) : done()))),
    warn: text => void stderr.write(text),
    readFile: async path => new Uint8Array(await (await import('node:fs/promises')).readFile(path)),
    writeFile: async (path, text) => (await import('node:fs/promises')).writeFile(path, text),
    output: terminalOf(stdout),
    error: terminalOf(stderr),
  }
}

async function* bytesOf(stream: AsyncIterable<unknown>): AsyncIterable<Uint8Array> {
  for await (const chunk of stream)
    yield chunk instanceof Uint8Array ? chunk : new TextEncoder().encode(String(chunk))
}

/** NO_COLOR and FORCE_COLOR decide before the device does. */
function terminalOf(stream: WriteStream): Terminal {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  const interactive = stream.isTTY === true
  const forced =
    FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  const refused =
    (NO_COLOR !== undefined && NO_COLOR !== '') || FORCE_COLOR === '0' || FORCE_COLOR === 'false'
  const colored = refused ? false : forced || (interactive && TERM !== 'dumb')
  return { interactive, colored, columns: interactive ? stream.columns : undefined }
}

import { connect } from 'node:net'

const TIMEOUT_MS = 15_000

export type RawAnswer = { status: number; headers: Map<string, string>; text: string }

/**
 * Sends bytes unchanged, which `fetch` would not do, plus `Connection: close`. Then reads until the server closes the
 * connection.
 *
 * @returns the response; status 0 if the server closed the connection without one
 */
export function sendRaw(server: string, request: string | Buffer): Promise<RawAnswer> {
  const { port } = new URL(server)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(closing(request)))
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('The server hangs.')))
    socket.on('data', (chunk) => chunks.push(chunk))
    // A server that rejects a request before it has read it resets the connection. Its response counts.
    socket.on('error', (error) => {
      if (chunks.length === 0 && !/ECONNRESET|EPIPE/.test(error.message)) reject(error)
    })
    socket.on('close', () => resolve(parse(Buffer.concat(chunks).toString('latin1'))))
  })
}

function closing(request: string | Buffer): Buffer {
  return Buffer.from(request.toString('latin1').replace('\r\n', '\r\nConnection: close\r\n'), 'latin1')
}

function parse(answer: string): RawAnswer {
  const [head = '', ...rest] = answer.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { status: Number(first.split(' ')[1] ?? 0), headers: new Map(headers), text: rest.join('\r\n\r\n') }
}

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Answer = (response: ServerResponse, request: IncomingMessage) => void
export type Received = { method: string; target: string; headers: IncomingHttpHeaders; body: string }
export type Receiver = {
  url: URL
  received: Received[]
  answer: Answer
  stop: () => Promise<void>
}

/** Starts a server on 127.0.0.1 that keeps what it received. A test sets its response: `receiver.answer = …`. */
export async function startReceiver(answer: Answer = (response) => response.end()): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const { method = '', url = '', headers } = request
    receiver.received.push({ method, target: url, headers, body })
    receiver.answer(response, request)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const receiver: Receiver = {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`),
    received: [],
    answer,
    async stop() {
      server.closeAllConnections()
      if (server.listening) await once(server.close(), 'close')
    },
  }
  return receiver
}

/** Answers with a status and nothing else. */
export function answerStatus(status: number, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(status, headers).end()
}

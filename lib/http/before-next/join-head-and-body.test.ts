import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { joinHeadAndBody } from './join-head-and-body.ts'

test('sends the headers with the first part of the body', async () => {
  joinHeadAndBody()
  const writes: string[] = []
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/plain')
    response.flushHeaders()
    expect(response.headersSent).toBe(false)
    response.write('one')
    response.end('two')
  })
  server.on('connection', (socket) => {
    const { _writev: writev } = socket
    socket._writev = (chunks, done) => {
      writes.push(chunks.map(({ chunk }) => String(chunk)).join(''))
      writev?.call(socket, chunks, done)
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : ''
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  expect(await answer.text()).toBe('onetwo')
  expect(answer.headers.get('content-type')).toBe('text/plain')
  expect(writes).toEqual([expect.stringMatching(/^HTTP\/1.1 200 OK[\s\S]+one[\s\S]+two/)])
  server.close()
})

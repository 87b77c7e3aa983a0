import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, inject, test } from 'vitest'
import { isDatabaseUnavailable } from './availability.ts'
import { refuseSharedSessions } from './refuse-shared-sessions.ts'

const poolers: Server[] = []

afterEach(() => {
  for (const pooler of poolers.splice(0)) pooler.close()
})

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5, type)
  head.writeInt32BE(4 + body.length, 1)
  return Buffer.concat([head, body])
}

const ready = message('Z', Buffer.from('I'))
const greeting = Buffer.concat([message('R', Buffer.alloc(4)), ready])

/** One column `pid` of type int4, and its value as text. */
function answer(pid: number): Buffer {
  const column = Buffer.from([0, 1, ...Buffer.from('pid\0'), ...[0, 0, 0, 0, 0, 0], 0, 0, 0, 23, 0, 4])
  const description = Buffer.concat([column, Buffer.from([255, 255, 255, 255, 0, 0])])
  const value = Buffer.from(String(pid))
  const row = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, value.length]), value])
  return Buffer.concat([
    message('T', description),
    message('D', row),
    message('C', Buffer.from('SELECT 1\0')),
    ready,
  ])
}

function refusal(text: string): Buffer {
  return message('E', Buffer.from(`SFATAL\0C08P01\0M${text}\0\0`))
}

/** Implements the part of PostgreSQL's protocol that the check uses. @returns the pooler's URL */
async function startPooler(serve: (socket: Socket, client: number) => void): Promise<string> {
  let clients = 0
  const pooler = createServer((socket) => serve(socket, clients++))
  poolers.push(pooler)
  await once(pooler.listen(0, '127.0.0.1'), 'listening')
  const address = pooler.address()
  return `postgresql://a:b@127.0.0.1:${typeof address === 'object' ? address?.port : 0}/c`
}

/** @param processOf the server's process that answers the n-th question of all, asked by a client */
function lending(processOf: (question: number, client: number) => number): Promise<string> {
  let questions = 0
  return startPooler((socket, client) => {
    socket.once('data', () => {
      socket.write(greeting)
      socket.on('data', (data) => {
        if (data[0] === 'Q'.charCodeAt(0)) socket.write(answer(processOf(questions++, client)))
      })
    })
  })
}

test('accepts a session for each connection, with and without a pooler', async () => {
  await refuseSharedSessions(await lending((_, client) => 100 + client), 'DATABASE_URL')
  await refuseSharedSessions(inject('databaseUrls')[0] ?? '', 'DATABASE_URL')
})

test.each<[string, (question: number) => number]>([
  ['the server connection used last', () => 7],
  ['two server connections in turn', (question) => question % 2],
  ['three server connections in turn', (question) => question % 3],
  ['ten server connections in turn', (question) => question % 10],
])('a pooler that lends %s is refused with one line', async (_, processOf) => {
  const failure = await refuseSharedSessions(await lending(processOf), 'DATABASE_URL').catch(
    (error: Error) => error,
  )
  expect(failure?.message).toMatch(
    /^DATABASE_URL leads to a pooler in transaction or statement mode: set DATABASE_DIRECT_URL [^\n]+$/,
  )
  expect(isDatabaseUnavailable(failure)).toBe(false)
})

test.each([
  ['unsupported startup parameter: statement_timeout', 'statement_timeout'],
  ['unsupported startup parameter in options: TimeZone', 'TimeZone'],
])('"%s" is no outage, but one line that names it', async (text, parameter) => {
  const url = await startPooler((socket) => socket.once('data', () => socket.end(refusal(text))))
  const failure = await refuseSharedSessions(url, 'DATABASE_URL').catch((error: Error) => error)
  expect(failure?.message).toMatch(
    new RegExp(`^DATABASE_URL leads to a pooler that refuses the startup parameter ${parameter}: [^\\n]+$`),
  )
  expect(isDatabaseUnavailable(failure)).toBe(false)
})

test('treats a pooler without a server as an outage', async () => {
  const url = await startPooler((socket) => socket.once('data', () => socket.end(refusal('server down'))))
  const failure = await refuseSharedSessions(url, 'DATABASE_URL').catch((error: Error) => error)
  expect(isDatabaseUnavailable(failure)).toBe(true)
})

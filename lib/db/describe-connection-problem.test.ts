import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { selfSignedCertificate } from '#lib/testing/self-signed-certificate.ts'
import { describeConnectionProblem } from './describe-connection-problem.ts'

const VERIFY = '?sslmode=verify-full'

let folder: string
let server: Server

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-tls-'))
})
afterEach(() => void server.close())
afterAll(() => rmSync(folder, { recursive: true }))

/** The message of a start whose server answers PostgreSQL's request for TLS like this. */
async function problemWith(answer: (socket: Socket) => void, query: string): Promise<string | null> {
  server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => answer(socket))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const url = `postgresql://taskward:hunter2@localhost:${port}/taskward${query}`
  const failure: unknown = await connect(url).catch((error: unknown) => error)
  const problem = describeConnectionProblem(failure)
  expect(problem).not.toMatch(/hunter2|\n/)
  return problem
}

async function connect(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3000 })
  client.on('error', () => {})
  await client.connect()
}

function withTls({ key, cert }: ReturnType<typeof selfSignedCertificate>): (socket: Socket) => void {
  return (socket) => {
    socket.write('S')
    new TLSSocket(socket, { isServer: true, key, cert }).on('error', () => {})
  }
}

/** The query of a URL that trusts this certificate. */
function trusting({ cert }: { cert: string }): string {
  const file = join(folder, 'ca.pem')
  writeFileSync(file, cert)
  return `${VERIFY}&sslrootcert=${encodeURIComponent(file)}`
}

test('a certificate of an unknown authority: names sslrootcert', async () => {
  for (const query of [VERIFY, '?sslmode=require', '?ssl=true']) {
    const problem = await problemWith(withTls(selfSignedCertificate('localhost')), query)
    expect(problem).toMatch(/^DATABASE_URL leads to a server .* not trust .*sslrootcert=/)
    server.close()
  }
})

test('a certificate of another host', async () => {
  const other = selfSignedCertificate('db.example.org')
  expect(await problemWith(withTls(other), trusting(other))).toMatch(/^DATABASE_URL names a host that is not/)
})

test.each([-30, 30])('a certificate of %i days from now', async (days) => {
  const stale = selfSignedCertificate('localhost', days)
  expect(await problemWith(withTls(stale), trusting(stale))).toMatch(
    /^DATABASE_URL .*invalid certificate .*renew/,
  )
})

test('a server without TLS, and one that does not speak PostgreSQL', async () => {
  for (const answer of ['N', 'HTTP/1.1 400 Bad Request\r\n\r\n']) {
    const problem = await problemWith((socket) => socket.end(answer), VERIFY)
    expect(problem).toMatch(/^DATABASE_URL asks for TLS, which .*sslmode=disable/)
    server.close()
  }
})

test('a server that speaks another TLS', async () => {
  const answer = (socket: Socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    socket.write('S')
  }
  const problem = await problemWith(answer, VERIFY)
  expect(problem).toMatch(/^DATABASE_URL leads to no TLS connection \(/)
})

test.each(['sslrootcert', 'sslcert', 'sslkey'])('a file that is not there: %s', async (name) => {
  const problem = await problemWith((socket) => socket.end('N'), `${VERIFY}&${name}=/nowhere/x.pem`)
  expect(problem).toMatch(/^DATABASE_URL names a file that cannot be read \(ENOENT: \/nowhere\/x\.pem\)/)
})

test('returns null for an unreachable server', async () => {
  const failure: unknown = await connect('postgresql://a:b@127.0.0.1:1/x').catch((error: unknown) => error)
  expect(describeConnectionProblem(failure)).toBeNull()
  expect(describeConnectionProblem(new Error('anything else'))).toBeNull()
})

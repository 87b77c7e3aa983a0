import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { err, ok, type Result } from '#lib/result.ts'
import type { CommandFailure } from './fail.ts'

const DEFAULT_PORT = 3000
const HIGHEST_PORT = 65_535
/** A server that is shutting down may still answer its last requests. */
const PATIENCE_MS = 3_000
const INTERVAL_MS = 100

type PortFailure = CommandFailure<'INVALID_PORT' | 'PORT_UNAVAILABLE'>

/** The port that `PORT` asks for (default 3000), once a server can listen on it. */
export async function findPort(text: string | undefined): Promise<Result<number, PortFailure>> {
  const port = text === undefined ? DEFAULT_PORT : Number(text)
  if (!Number.isInteger(port) || port < 1 || port > HIGHEST_PORT) {
    return err({
      code: 'INVALID_PORT',
      text: `PORT must be a whole number from 1 to ${HIGHEST_PORT}; it is "${text}".`,
    })
  }
  const deadline = Date.now() + PATIENCE_MS
  let problem = await tryToListen(port)
  while (problem === 'EADDRINUSE' && Date.now() < deadline) {
    await sleep(INTERVAL_MS)
    problem = await tryToListen(port)
  }
  if (problem === null) return ok(port)
  return err({
    code: 'PORT_UNAVAILABLE',
    text:
      problem === 'EADDRINUSE'
        ? `Port ${port} is taken by another program: set PORT to a free one, for example PORT=${port + 1}.`
        : `Port ${port} cannot be used (${problem}): set PORT to another one.`,
  })
}

/** Null, or the system's code for why nothing can listen there. */
async function tryToListen(port: number): Promise<string | null> {
  const server = createServer()
  try {
    await once(server.listen(port), 'listening')
    return null
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  } finally {
    server.close()
  }
}

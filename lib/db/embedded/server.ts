import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clusterFiles } from './cluster.ts'
import { handOver, identityFor, identityOf } from './not-as-root.ts'
import { binary, runPostgresTool } from './postgres-binaries.ts'
import { isAlive, readPostmaster, removeStaleClaim } from './postmaster.ts'

/**
 * Makes the server of `folder` run, or gives one that is just starting or stopping a moment. Returns false when it
 * did not come up and nobody else's start explains that; the log then tells why.
 */
export async function launchServer(folder: string): Promise<boolean> {
  const files = clusterFiles(folder)
  removeStaleClaim(files.data)
  if (isRunning(folder)) {
    await sleep(100)
    return true
  }
  const who = identityFor(folder, binary('pg_ctl'))
  handOver(files, who)
  const port = await choosePort(files.port)
  // pg_ctl gives the server a session of its own: Ctrl-C in the terminal reaches the app, which drains, and not the server.
  // Terse, or the log quotes rows that were refused, with their hashes and email addresses.
  const options = `-p ${port} -c log_error_verbosity=terse`
  const args = ['start', '--wait', '--timeout=60', '-D', files.data, '-l', files.log, '-o', options]
  const { code } = await runPostgresTool('pg_ctl', args, who)
  return code === 0 || isRunning(folder)
}

/** Ends the server of `folder` and whatever is connected to it; waits until it is gone. */
export async function stopServer(folder: string): Promise<void> {
  const files = clusterFiles(folder)
  const args = ['stop', '--wait', '--mode=fast', '-D', files.data]
  await runPostgresTool('pg_ctl', args, identityOf(files))
}

function isRunning(folder: string): boolean {
  const postmaster = readPostmaster(clusterFiles(folder).data)
  return postmaster !== null && isAlive(postmaster.pid)
}

/** Why the server ended, of the last lines that it wrote. */
export async function lastComplaint(folder: string): Promise<string> {
  const { log: file, data } = clusterFiles(folder)
  const log = await readFile(file, 'utf8').catch(() => '')
  const lines = log.trim().split('\n').slice(-10)
  if (lines.some((line) => /files are incompatible with server/.test(line))) {
    const version = await readFile(path.join(data, 'PG_VERSION'), 'utf8').catch(() => 'another version')
    return `its files are those of PostgreSQL ${version.trim()}, and docs/operations/database.md says how to move them to this version`
  }
  return lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? ''
}

/** The port of last time, so that bookmarked connection strings stay true; another one when that is taken. */
async function choosePort(file: string): Promise<number> {
  const last = Number(await readFile(file, 'utf8').catch(() => '0'))
  const port = (await freePort(last)) ?? (await freePort(0)) ?? 0
  await writeFile(file, String(port))
  return port
}

/** `wanted` if it is free on the loopback interface (0: any free port), else null. */
function freePort(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(null))
    probe.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : null
      probe.close(() => resolve(port))
    })
  })
}

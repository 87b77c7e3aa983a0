import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { clusterFiles } from './cluster.ts'
import { handOver, identityFor, identityOf } from './not-as-root.ts'
import { binary, runPostgresTool } from './postgres-binaries.ts'
import { isAlive, readPostmaster, removeStaleClaim } from './postmaster.ts'

/** @returns false if the server did not start, and no concurrent start explains that: its log has the reason */
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
  // pg_ctl gives the server a session of its own, so that Ctrl-C in the terminal does not reach it.
  // Terse, because the log would otherwise quote refused rows, with hashes and email addresses.
  const options = `-p ${port} -c log_error_verbosity=terse`
  const args = ['start', '--wait', '--timeout=60', '-D', files.data, '-l', files.log, '-o', options]
  const { code } = await runPostgresTool('pg_ctl', args, who)
  return code === 0 || isRunning(folder)
}

export async function stopServer(folder: string): Promise<void> {
  const files = clusterFiles(folder)
  const args = ['stop', '--wait', '--mode=fast', '-D', files.data]
  await runPostgresTool('pg_ctl', args, identityOf(files))
}

function isRunning(folder: string): boolean {
  const postmaster = readPostmaster(clusterFiles(folder).data)
  return postmaster !== null && isAlive(postmaster.pid)
}

export async function lastComplaint(folder: string): Promise<string> {
  const { log: file, data } = clusterFiles(folder)
  const log = await readFile(file, 'utf8').catch(() => '')
  const lines = log.trim().split('\n').slice(-10)
  if (lines.some((line) => /files are incompatible with server/.test(line))) {
    const version = await readFile(path.join(data, 'PG_VERSION'), 'utf8').catch(() => 'another version')
    return `its files are those of PostgreSQL ${version.trim()}, and docs/operations/database.md describes how to move them to this version`
  }
  return lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? ''
}

/** The previous port if it is free, so that saved connection strings stay valid. */
async function choosePort(file: string): Promise<number> {
  const last = Number(await readFile(file, 'utf8').catch(() => '0'))
  const port = (await freePort(last)) ?? (await freePort(0)) ?? 0
  await writeFile(file, String(port))
  return port
}

/** @returns `wanted` if it is free on the loopback interface (0: any free port), else null */
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

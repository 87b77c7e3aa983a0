import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

export type Postmaster = { pid: number; port: number }

/** Reads lines 1 and 4 of postmaster.pid (PostgreSQL, 19.3). The server may have ended. */
export function readPostmaster(data: string): Postmaster | null {
  try {
    const lines = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]) }
  } catch {
    return null
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** PostgreSQL refuses to start if another program has the process id of its crashed server, as in containers. */
export function removeStaleClaim(data: string): void {
  const postmaster = readPostmaster(data)
  if (!postmaster || !isAlive(postmaster.pid) || isPostgres(postmaster.pid)) return
  rmSync(path.join(data, 'postmaster.pid'), { force: true })
}

function isPostgres(pid: number): boolean {
  if (process.platform === 'win32') return true
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/comm`, 'utf8')
        : execFileSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' })
    return /postgres/.test(command)
  } catch {
    return false
  }
}

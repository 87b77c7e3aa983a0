import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const HEARTBEAT_MS = 1_000
const STALE_AFTER_MS = 10_000

/**
 * Runs `work` while no other process runs work under the same lock file. JavaScript and without
 * dependencies, because the installer needs it before anything is installed.
 *
 * The holder touches the file every second, so that a lock left by `kill -9` (or by a container in
 * which process ids meant something else) is recognised after ten seconds and taken over.
 *
 * @template T
 * @param {string} file where the lock lives; its folder is created
 * @param {() => Promise<T>} work
 * @param {() => void} onWait called once if another process holds the lock
 * @returns {Promise<T>} what `work` returned
 */
export async function withLock(file, work, onWait) {
  try {
    mkdirSync(dirname(file), { recursive: true })
  } catch (error) {
    refuse(file, error)
  }
  for (let waited = false; !acquire(file); waited = true) {
    if (!waited) onWait()
    await sleep(HEARTBEAT_MS / 4)
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS)
  const release = () => rmSync(file, { force: true })
  // A signal ends a process without its exit handlers, unless someone listens to it.
  const interrupted = () => process.exit(130)
  const terminated = () => process.exit(143)
  process.once('exit', release).once('SIGINT', interrupted).once('SIGTERM', terminated)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    process.off('exit', release).off('SIGINT', interrupted).off('SIGTERM', terminated)
    release()
  }
}

/** @param {string} file */
function acquire(file) {
  try {
    writeFileSync(file, '', { flag: 'wx' })
    return true
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) refuse(file, error)
  }
  if (isStale(file)) rmSync(file, { force: true })
  return false
}

/**
 * Ends the command where this user cannot write, or the disk is full: nothing can be installed or built.
 *
 * @param {string} file
 * @param {unknown} error
 * @returns {never}
 */
function refuse(file, error) {
  const reason = error instanceof Error && 'code' in error ? error.code : error
  console.error(`Taskward cannot write to ${dirname(file)} (${reason}): make it writable for this user.`)
  process.exit(1)
}

/** @param {string} file */
function isStale(file) {
  const lastSign = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  return lastSign !== undefined && Date.now() - lastSign > STALE_AFTER_MS
}

/** @param {string} file */
function touch(file) {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code
}

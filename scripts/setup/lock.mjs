import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const HEARTBEAT_MS = 1_000
const STALE_AFTER_MS = 10_000

/**
 * A lock that its holder has not touched for ten seconds is stale, as after `kill -9`. `onWait` is called once.
 * Plain JavaScript without dependencies, because the installer needs it first.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(/** @type {string} */ file, work, /** @type {() => void} */ onWait) {
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
  // Without a listener, a signal ends a process without its exit handlers.
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

function acquire(/** @type {string} */ file) {
  try {
    writeFileSync(file, '', { flag: 'wx' })
    return true
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) refuse(file, error)
  }
  if (isStale(file)) rmSync(file, { force: true })
  return false
}

/** @returns {never} because nothing can be installed or built */
function refuse(/** @type {string} */ file, /** @type {unknown} */ error) {
  const reason = error instanceof Error && 'code' in error ? error.code : error
  console.error(`Taskward cannot write to ${dirname(file)} (${reason}): make it writable for this user.`)
  process.exit(1)
}

function isStale(/** @type {string} */ file) {
  const lastSign = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  return lastSign !== undefined && Date.now() - lastSign > STALE_AFTER_MS
}

function touch(/** @type {string} */ file) {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}

function hasCode(/** @type {unknown} */ error, /** @type {string} */ code) {
  return error instanceof Error && 'code' in error && error.code === code
}

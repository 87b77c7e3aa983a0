// Preloaded into a child (bound-child.mjs): the system closes the pipe from its parent even when the parent
// is killed with -9, and the child ends instead of going on alone. The parent may also write which signal to end by.

import { constants } from 'node:os'
import { isMainThread } from 'node:worker_threads'

const GRACE_MS = 5_000

// The child's own children and threads inherit the preload, but have other parents.
if (isMainThread && process.ppid === Number(process.env.TASKWARD_PARENT_PID)) {
  let text = ''
  process.stdin
    .setEncoding('utf8')
    .on('data', (part) => {
      text += part
    })
    .once('close', () => end(text === 'SIGINT' ? 'SIGINT' : 'SIGTERM'))
  if ('unref' in process.stdin) process.stdin.unref()
}

/**
 * As if the signal had arrived: `process.kill` would end the process at once on Windows, before it has drained.
 *
 * @param {'SIGINT' | 'SIGTERM'} signal
 */
function end(signal) {
  const code = 128 + constants.signals[signal]
  if (!process.emit(signal, signal)) process.exit(code)
  // npm ignores SIGTERM, and must be gone before a lock counts as left behind (lock.mjs).
  setTimeout(() => process.exit(code), GRACE_MS).unref()
}

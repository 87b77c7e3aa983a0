// Preloaded into a child (bound-child.mjs). The system closes the pipe from the parent even after `kill -9`, and the
// child ends. The parent may also write the name of the signal to end by.

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

/** Emits the signal, because `process.kill` would end the process on Windows before it has drained. */
function end(/** @type {'SIGINT' | 'SIGTERM'} */ signal) {
  const code = 128 + constants.signals[signal]
  if (!process.emit(signal, signal)) process.exit(code)
  // npm ignores SIGTERM, and must be gone before a lock counts as left behind (lock.mjs).
  setTimeout(() => process.exit(code), GRACE_MS).unref()
}

// Preloaded into a child (bound-child.mjs): the system closes the pipe from its parent even when the parent
// is killed with -9, and the child ends instead of going on alone.

import { isMainThread } from 'node:worker_threads'

const GRACE_MS = 5_000

// The child's own children and threads inherit the preload, but have other parents.
if (isMainThread && process.ppid === Number(process.env.TASKWARD_PARENT_PID)) {
  process.stdin
    .once('close', () => {
      process.kill(process.pid, 'SIGTERM')
      // npm ignores SIGTERM, and must be gone before a lock counts as left behind (lock.mjs).
      setTimeout(() => process.exit(143), GRACE_MS).unref()
    })
    .resume()
  if ('unref' in process.stdin) process.stdin.unref()
}

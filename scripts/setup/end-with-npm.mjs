const INTERVAL_MS = 100

/**
 * Ends this process (SIGTERM) when the npm that runs it has ended. Many shells between the two do not pass a
 * signal on: if a service manager ended `npm start`, the server would stay behind.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return
  const shell = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, INTERVAL_MS)
  timer.unref()
}

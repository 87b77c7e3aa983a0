import cluster, { type Worker } from 'node:cluster'
import { constants } from 'node:os'
import type { ToPrimary } from '#lib/cluster/messages.ts'
import { collectFrom } from './collect-from.ts'
import { planRestart } from './plan-restart.ts'

type Server = {
  processes: number
  /** The program, with its arguments. */
  exec: string
  args: string[]
}

/**
 * Runs server processes on one port, and restarts one that ends. The first starts alone: it creates and migrates the
 * database, and its failure is that of the start.
 *
 * @returns the exit code
 */
export function runCluster({ processes, exec, args }: Server): Promise<number> {
  const running = new Set<Worker>()
  const ready = new Set<Worker>()
  let origin: string | undefined
  let hasStarted = false
  let isEnding = false

  // Each process accepts connections itself. Otherwise those that the primary process has just given to a process that
  // is killed would never be answered.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  cluster.setupPrimary({ exec, args })
  return new Promise((resolve) => {
    const end = (signal: 'SIGTERM' | 'SIGINT') => {
      isEnding = true
      for (const worker of running) worker.process.kill(signal)
      if (running.size === 0) resolve(128 + constants.signals[signal])
    }
    process.on('SIGTERM', end).on('SIGINT', end)
    const { collect, add } = collectFrom(ready)

    function receive(worker: Worker, message: ToPrimary): void {
      if (message.type === 'collect metrics') collect(worker, message.id)
      if (message.type === 'metrics') add(worker, message)
      if (message.type !== 'ready') return
      ready.add(worker)
      origin ??= message.origin
      if (hasStarted) return
      hasStarted = true
      for (let slot = 1; slot < processes; slot++) start(slot, 0)
    }

    function start(slot: number, failures: number): void {
      if (isEnding) return
      const startedAt = performance.now()
      const worker = cluster.fork({ TASKWARD_SLOT: slot, TASKWARD_OWN_ORIGIN: origin ?? '' })
      running.add(worker)
      worker.on('message', (message: ToPrimary) => receive(worker, message))
      worker.on('error', () => {})
      worker.once('exit', (exitCode: number | null, signal: NodeJS.Signals | null) => {
        running.delete(worker)
        ready.delete(worker)
        const code = exitCode ?? 128 + (signal ? constants.signals[signal] : 0)
        if (isEnding || !hasStarted) {
          if (running.size === 0) resolve(code)
          return
        }
        const plan = planRestart(failures, performance.now() - startedAt)
        logEnd({ pid: worker.process.pid, cause: signal ?? exitCode, restart_seconds: plan.delayMs / 1000 })
        setTimeout(start, plan.delayMs, slot, plan.failures)
      })
    }

    start(0, 0)
  })
}

/** In the form of the servers' own lines. */
function logEnd(fields: object): void {
  const line = { level: 50, time: new Date().toISOString(), job: 'processes', ...fields }
  console.log(JSON.stringify({ ...line, msg: 'A server process has ended.' }))
}

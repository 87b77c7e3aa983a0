import cluster from 'node:cluster'
import { originFoundByFirstProcess, processSlot } from '#lib/env/cluster.ts'
import { answerMetricsRequests } from './collect-metrics.ts'
import { sendToPrimary } from './messages.ts'

/** Reports this server process as ready to the primary process, and ends in order if that one dies. */
export function joinCluster(): void {
  if (processSlot() === null) return
  answerMetricsRequests()
  cluster.worker?.once('disconnect', () => {
    // Otherwise Node ends the process immediately.
    if (cluster.worker) cluster.worker.exitedAfterDisconnect = true
    process.emit('SIGTERM', 'SIGTERM')
  })
  sendToPrimary({ type: 'ready', origin: originFoundByFirstProcess() ?? undefined })
}

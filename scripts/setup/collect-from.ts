import type { Worker } from 'node:cluster'
import type { FromPrimary, ProcessMetrics, ToPrimary } from '#lib/cluster/messages.ts'

/** A process that does not answer in time is omitted. */
const PATIENCE_MS = 1_000

type Collection = { asker: Worker; missing: Set<Worker>; all: ProcessMetrics[] }

/** Asks all ready processes for their metrics, and gives the answers to the one that asked. */
export function collectFrom(ready: Set<Worker>) {
  const collections = new Map<string, Collection>()

  function collect(asker: Worker, id: string): void {
    collections.set(id, { asker, missing: new Set(ready), all: [] })
    for (const worker of ready) send(worker, { type: 'metrics wanted', id })
    setTimeout(finish, PATIENCE_MS, id).unref()
  }

  function add(worker: Worker, { id, metrics }: Extract<ToPrimary, { type: 'metrics' }>): void {
    const collection = collections.get(id)
    if (!collection?.missing.delete(worker)) return
    collection.all.push(metrics)
    if (collection.missing.size === 0) finish(id)
  }

  function finish(id: string): void {
    const collection = collections.get(id)
    if (collection) send(collection.asker, { type: 'metrics collected', id, all: collection.all })
    collections.delete(id)
  }

  return { collect, add }
}

function send(worker: Worker, message: FromPrimary): void {
  worker.send(message, () => {})
}

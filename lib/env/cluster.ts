import { availableParallelism } from 'node:os'
import { nodeEnv } from './node.ts'

/** The number of this server process, from 0, or null if it is the only one (scripts/setup/run-cluster.ts). */
export function processSlot(): number | null {
  const { TASKWARD_SLOT: slot } = process.env
  return slot ? Number(slot) : null
}

/** How many server processes share the processors and the connections that one of them would have. */
export function countProcesses(): number {
  return processSlot() === null ? 1 : nodeEnv().webConcurrency
}

/** This process's share of the processors, at least one. */
export function countCores(): number {
  return Math.ceil(availableParallelism() / countProcesses())
}

/** Twice this process's share: one that has most of the log-ins can use what other processes leave idle. */
export function countHashingThreads(): number {
  return Math.min(availableParallelism(), 2 * countCores())
}

/** Null for the first process, which finds it. */
export function originFoundByFirstProcess(): string | null {
  return (processSlot() !== null && process.env.TASKWARD_OWN_ORIGIN) || null
}

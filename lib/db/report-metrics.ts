import { gauge } from '#lib/metrics.ts'
import { databaseState, isDatabaseUsable } from './state.ts'

/** Lets the metrics ask for the state of the database and of its pool, as this process knows it without a query. */
export function reportDatabase(): void {
  gauge('taskward_database_up', () => Number(isDatabaseUsable()))
  gauge('taskward_database_pool_connections', () => {
    const { totalCount = 0, idleCount = 0, waitingCount = 0 } = databaseState().client?.pool ?? {}
    return { total: totalCount, idle: idleCount, waiting: waitingCount }
  })
}

import { gauge } from '#lib/metrics.ts'
import { databaseState, isDatabaseUsable } from './state.ts'

export function reportDatabase(): void {
  gauge('taskward_database_up', () => Number(isDatabaseUsable()))
  gauge('taskward_database_pool_connections', () => {
    const { totalCount = 0, idleCount = 0, waitingCount = 0 } = databaseState().client?.pool ?? {}
    return { total: totalCount, idle: idleCount, waiting: waitingCount }
  })
}

import { databaseState } from '#lib/db/state.ts'
import { log } from '#lib/log.ts'

export function logOutages(): void {
  databaseState().reportOutage = (cause) => {
    if (cause === null) log().info({ job: 'database' }, 'The database is available again.')
    else log().error({ job: 'database', cause }, 'The database is unavailable.')
  }
}

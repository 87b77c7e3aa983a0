import { databaseState } from '#lib/db/state.ts'
import { log } from '#lib/log.ts'

/** From now on the log reports the beginning of an outage of the database, with its cause, and its end. */
export function logOutages(): void {
  databaseState().reportOutage = (cause) => {
    if (cause === null) log().info({ job: 'database' }, 'The database is available again.')
    else log().error({ job: 'database', cause }, 'The database is unavailable.')
  }
}

import { databaseState } from '#lib/db/state'
import { log } from '#lib/log'

/** From now on the log says when the database is found to be away, and why, and when it is back. */
export function logOutages(): void {
  databaseState().tell = (cause) => {
    if (cause === null) log().info({ job: 'database' }, 'The database is back.')
    else log().error({ job: 'database', cause }, 'The database is away.')
  }
}

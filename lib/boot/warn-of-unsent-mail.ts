import type { NodeEnv } from '#lib/env/node.ts'
import { log } from '#lib/log.ts'

const PROBLEM =
  'SMTP_URL is not set: no user receives a mail, so none can reset a forgotten password or confirm an address. Mails are files in .data/mail.'

/** `DATABASE_URL` marks an instance that others use; on the embedded database, files are what a newcomer expects. */
export function warnOfUnsentMail(
  { smtp, databaseUrl }: Pick<NodeEnv, 'smtp' | 'databaseUrl'>,
  isProduction: boolean,
): void {
  if (isProduction && databaseUrl && !smtp) log().warn({ job: 'mail', setting: 'SMTP_URL', problem: PROBLEM })
}

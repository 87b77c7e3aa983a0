import { deleteExpiredDevices } from '#lib/auth/delete-expired-devices.ts'
import { deleteExpiredFormDrafts } from '#lib/auth/delete-expired-form-drafts.ts'
import { deleteDueAccounts } from '#lib/auth/deletion/delete-due-accounts.ts'
import { deleteExpiredFormerEmails } from '#lib/auth/email-change/delete-expired-former-emails.ts'
import { deleteExpiredLinks } from '#lib/auth/links/delete-expired-links.ts'
import { deleteExpiredSignUps } from '#lib/auth/pending-sign-up/delete-expired-sign-ups.ts'
import { backfillRevocations } from '#lib/auth/session/backfill-revocations.ts'
import { deleteEndedSessions, deleteExpiredSeals } from '#lib/auth/session/delete-ended-sessions.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { tryLock } from '#lib/db/locks.ts'
import { log } from '#lib/log.ts'
import { deleteOldMailFiles, deleteOldMails } from '#lib/mail/delete-old-mails.ts'
import { deleteExpiredUploads } from '#lib/tasks/import/delete-expired-uploads.ts'
import { purgeOldChanges } from '#lib/tasks/journal/purge-old-changes.ts'
import { purgeDeletedLists } from '#lib/tasks/lists/purge-deleted-lists.ts'
import { purgeDeletedTasks } from '#lib/tasks/purge-deleted-tasks.ts'
import { deleteExpiredBlocks } from '#lib/throttle/delete-expired-blocks.ts'
import { deleteExpiredBuckets } from '#lib/throttle/delete-expired-buckets.ts'
import { deleteOldAlerts, deleteOldFindings } from '#lib/watch/findings/delete-old-findings.ts'

const BATCH_ROWS = 1000

/** Deletes or updates at most `limit` rows. @returns how many */
type Chore = (tx: Tx, limit: number, now: Date) => Promise<number>

const CHORES: Record<string, Chore> = {
  due_accounts: deleteDueAccounts,
  ended_sessions: backfillRevocations,
  dead_sessions: deleteEndedSessions,
  old_seals: deleteExpiredSeals,
  expired_devices: deleteExpiredDevices,
  expired_drafts: deleteExpiredFormDrafts,
  expired_links: deleteExpiredLinks,
  expired_sign_ups: deleteExpiredSignUps,
  former_emails: deleteExpiredFormerEmails,
  expired_buckets: deleteExpiredBuckets,
  expired_blocks: deleteExpiredBlocks,
  deleted_tasks: purgeDeletedTasks,
  deleted_lists: purgeDeletedLists,
  old_changes: purgeOldChanges,
  expired_uploads: deleteExpiredUploads,
  old_findings: deleteOldFindings,
  old_alerts: deleteOldAlerts,
  old_mails: deleteOldMails,
  old_mail_files: deleteOldMailFiles,
}

/** Deletes expired rows in small batches, so that requests hardly wait for their locks. One instance at a time does it. */
export async function cleanUp(now: Date): Promise<Record<string, number>> {
  const removed: Record<string, number> = {}
  for (const [name, chore] of Object.entries(CHORES)) {
    let rows = BATCH_ROWS
    while (rows === BATCH_ROWS) {
      rows = await db().$transaction(async (tx) =>
        (await tryLock(tx, 'housekeeping')) ? chore(tx, BATCH_ROWS, now) : 0,
      )
      removed[name] = (removed[name] ?? 0) + rows
    }
  }
  log().info({ job: 'housekeeping', removed })
  return removed
}

import { formatDay, utc } from '#lib/format-date.ts'
import { offsetOf } from '#lib/time-zone.ts'
import { layout } from '../layout.ts'
import { type Notice, secureAccount, whenAndWhere } from '../notice.ts'
import type { MailContent } from '../seal-mail.ts'

export function accountDeletion({ dueAt, ...notice }: Notice & { dueAt: Date }): MailContent {
  const day = formatDay(dueAt, notice.at, offsetOf(notice.timeZone) ?? utc)
  return layout({
    subject: 'Your Taskward account will be deleted',
    blocks: [
      notice.client
        ? `Someone asked us to delete your account, and confirmed it with your password. Everything in it will be deleted on ${day}.`
        : `An administrator has asked for the deletion of your account. Everything in it will be deleted on ${day}.`,
      whenAndWhere(notice),
      'To keep the account, log in before then.',
      { button: 'Log in', path: '/login' },
      ...secureAccount(
        notice.client ? 'If it wasn’t you' : 'If another person may know your password',
        notice,
      ),
    ],
  })
}

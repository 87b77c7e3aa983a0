import { formatDay, formatMoment, utc } from '#lib/format-date.ts'
import { layout } from '../layout.ts'
import type { MailContent } from '../seal-mail.ts'

type Values = {
  dueAt: Date
  requestedAt: Date
  /** Null if an administrator requested it. */
  origin: { device: string; address: string | null } | null
}

export function accountDeletion({ dueAt, requestedAt, origin }: Values): MailContent {
  const day = formatDay(dueAt, requestedAt, utc)
  const when = { When: formatMoment(requestedAt, utc) }
  return layout({
    subject: 'Your Taskward account will be deleted',
    blocks: [
      origin
        ? `Someone asked us to delete your account, and confirmed it with your password. Everything in it will be deleted on ${day}.`
        : `An administrator has asked for the deletion of your account. Everything in it will be deleted on ${day}.`,
      { facts: origin ? { ...when, Device: origin.device, Network: origin.address ?? 'unknown' } : when },
      'To keep the account, log in before then.',
      { button: 'Log in', path: '/login' },
      ...(origin ? ['If it wasn’t you, log in and change your password: someone else knows it.'] : []),
    ],
  })
}

import type { Client } from '#lib/actor.ts'
import { deviceName } from '#lib/audit/words/device-name.ts'
import { formatMoment, utc } from '#lib/format-date.ts'
import { layout } from '../layout.ts'
import type { MailContent } from '../seal-mail.ts'

type Values = {
  /** The new address. */
  email: string
  client: Client
  at: Date
  /** Undoes the change. */
  token: string
}

export function emailChanged({ email, client, at, token }: Values): MailContent {
  return layout({
    subject: 'The email of your Taskward account was changed',
    blocks: [
      'Your account has another email now. This address no longer logs in, and gets no more emails.',
      {
        facts: {
          'New email': email,
          When: formatMoment(at, utc),
          Device: deviceName(client.userAgent),
          Network: client.ipAddress ?? 'unknown',
        },
      },
      'If it was you, there is nothing to do. If it wasn’t, undo the change within 72 hours. That logs out all devices, and you choose a new password.',
      { button: 'Undo the change', path: '/undo-email-change', query: { token } },
    ],
  })
}

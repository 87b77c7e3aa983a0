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
  /** Secures the account. */
  token: string
}

export function emailChangeRequested({ email, client, at, token }: Values): MailContent {
  return layout({
    subject: 'A new email for your Taskward account',
    blocks: [
      'Someone asked to change the email of your account, and confirmed it with your password. It changes when the link in an email to the new address is used.',
      {
        facts: {
          'New email': email,
          When: formatMoment(at, utc),
          Device: deviceName(client.userAgent),
          Network: client.ipAddress ?? 'unknown',
        },
      },
      'If it was you, there is nothing to do. If it wasn’t, someone else knows your password: secure your account. That logs out all devices, stops the change, and you choose a new password.',
      { button: 'Secure my account', path: '/secure-account', query: { token } },
    ],
  })
}

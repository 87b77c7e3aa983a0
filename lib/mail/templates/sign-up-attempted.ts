import type { Client } from '#lib/actor.ts'
import { deviceName } from '#lib/audit/words/device-name.ts'
import { formatMoment, utc } from '#lib/format-date.ts'
import { layout } from '../layout.ts'
import type { MailContent } from '../seal-mail.ts'

export function signUpAttempted({ client, at }: { client: Client; at: Date }): MailContent {
  return layout({
    subject: 'You already have a Taskward account',
    blocks: [
      'Someone tried to create an account with this email address. It has one already, and nothing was changed.',
      {
        facts: {
          When: formatMoment(at, utc),
          Device: deviceName(client.userAgent),
          Address: client.ipAddress ?? 'unknown',
        },
      },
      'If it was you, log in. If you forgot the password, choose a new one from there.',
      { button: 'Log in', path: '/login' },
      'If it wasn’t you, ignore this email.',
    ],
  })
}

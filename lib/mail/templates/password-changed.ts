import type { Client } from '#lib/actor.ts'
import { deviceName } from '#lib/audit/words/device-name.ts'
import { formatMoment, utc } from '#lib/format-date.ts'
import { layout } from '../layout.ts'
import type { MailContent } from '../seal-mail.ts'

export function passwordChanged({ client, at }: { client: Client; at: Date }): MailContent {
  return layout({
    subject: 'Your Taskward password was changed',
    blocks: [
      'The password of your account was changed with a link from an email. All devices were logged out.',
      {
        facts: {
          When: formatMoment(at, utc),
          Device: deviceName(client.userAgent),
          Address: client.ipAddress ?? 'unknown',
        },
      },
      'If it was you, there is nothing to do. If it wasn’t, someone else can read your email: secure that account first, then choose a new password here.',
      { button: 'Choose a new password', path: '/forgot-password' },
    ],
  })
}

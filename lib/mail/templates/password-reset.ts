import { layout } from '../layout.ts'
import type { MailContent } from '../seal-mail.ts'

export function passwordReset({ token }: { token: string }): MailContent {
  return layout({
    subject: 'Reset your Taskward password',
    blocks: [
      'Someone asked for a link to choose a new password for your account. If it was you, use this link within the next hour. It works once.',
      { button: 'Choose a new password', path: '/reset-password', query: { token } },
      'If it wasn’t you, ignore this email: your password stays as it is.',
    ],
  })
}

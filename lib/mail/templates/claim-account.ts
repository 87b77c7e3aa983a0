import { layout } from '../layout.ts'
import type { MailContent } from '../seal-mail.ts'

export function claimAccount({ token }: { token: string }): MailContent {
  return layout({
    subject: 'Finish your sign-up for Taskward',
    blocks: [
      'Someone signed up with this email address. It has an account already, which was never confirmed and has not been used since its first day.',
      'If it was you, choose a password within the next hour. The old account is deleted with everything in it, and the new one is yours. The link works once.',
      { button: 'Choose a password', path: '/reset-password', query: { token } },
      'If it wasn’t you, ignore this email: nothing changes.',
    ],
  })
}

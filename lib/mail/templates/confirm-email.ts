import { layout } from '../layout.ts'
import type { MailContent } from '../seal-mail.ts'

export function confirmEmail({ token }: { token: string }): MailContent {
  return layout({
    subject: 'Confirm your email for Taskward',
    blocks: [
      'Someone signed up for Taskward with this email address. If it was you, confirm that the address is yours within the next 24 hours. The link works once.',
      { button: 'Confirm email', path: '/confirm-email', query: { token } },
      'If it wasn’t you, ignore this email, and don’t use the link.',
    ],
  })
}

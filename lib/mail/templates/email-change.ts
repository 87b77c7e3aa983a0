import { layout } from '../layout.ts'
import type { MailContent } from '../seal-mail.ts'

/** @param values `token` is null if the address already has an account */
export function emailChange({ token }: { token: string | null }): MailContent {
  if (token === null)
    return layout({
      subject: 'This address already has a Taskward account',
      blocks: [
        'Someone asked to use this address for another Taskward account. It has an account already, so nothing was changed.',
        'If it was you, log in with this address, or delete its account first.',
        { button: 'Log in', path: '/login' },
        'If it wasn’t you, ignore this email.',
      ],
    })
  return layout({
    subject: 'Confirm your new Taskward email',
    blocks: [
      'Someone asked to use this address for their Taskward account. If it was you, use this link within a day. It works once.',
      { button: 'Confirm email', path: '/confirm-email', query: { token } },
      'If it wasn’t you, ignore this email: nothing changes.',
    ],
  })
}

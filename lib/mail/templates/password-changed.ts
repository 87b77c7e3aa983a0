import { layout } from '../layout.ts'
import { type Notice, secureAccount, whenAndWhere } from '../notice.ts'
import type { MailContent } from '../seal-mail.ts'

export function passwordChanged({ by, ...notice }: Notice & { by: 'link' | 'form' }): MailContent {
  const isByLink = by === 'link'
  return layout({
    subject: 'Your Taskward password was changed',
    blocks: [
      `The password of your account was changed${isByLink ? ' with a link from an email' : ''}. All other devices were logged out.`,
      whenAndWhere(notice),
      'If it was you, there is nothing to do.',
      ...(isByLink
        ? ['If it wasn’t, another person can read your email: secure your mailbox first, then your account.']
        : []),
      ...secureAccount('If it wasn’t you', notice),
    ],
  })
}

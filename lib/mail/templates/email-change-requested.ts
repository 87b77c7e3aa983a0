import { layout } from '../layout.ts'
import { type Notice, secureAccount, whenAndWhere } from '../notice.ts'
import type { MailContent } from '../seal-mail.ts'

/** @param notice `email` is the new address */
export function emailChangeRequested({ email, ...notice }: Notice & { email: string }): MailContent {
  return layout({
    subject: 'A new email for your Taskward account',
    blocks: [
      'Someone asked to change the email of your account, and confirmed it with your password. It changes when the link in an email to the new address is used.',
      { facts: { 'New email': email } },
      whenAndWhere(notice),
      'If it was you, there is nothing to do. If it wasn’t, someone else knows your password.',
      ...secureAccount('If it wasn’t you', notice),
    ],
  })
}

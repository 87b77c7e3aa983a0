import { layout } from '../layout.ts'
import { type Occasion, whenAndWhere } from '../notice.ts'
import type { MailContent } from '../seal-mail.ts'

type Values = Occasion & {
  /** The new address. */
  email: string
  /** Undoes the change. */
  token: string
}

export function emailChanged({ email, token, ...occasion }: Values): MailContent {
  return layout({
    subject: 'The email of your Taskward account was changed',
    blocks: [
      'Your account has another email now. This address no longer logs in, and gets no more emails.',
      { facts: { 'New email': email } },
      whenAndWhere(occasion),
      'If it was you, there is nothing to do. If it wasn’t, undo the change within 72 hours. That logs out all devices, and you choose a new password.',
      { button: 'Undo the change', path: '/undo-email-change', query: { token } },
    ],
  })
}

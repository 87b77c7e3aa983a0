import { layout } from '../layout.ts'
import { type Notice, secureAccount, whenAndWhere } from '../notice.ts'
import type { MailContent } from '../seal-mail.ts'

export function newDevice(notice: Notice): MailContent {
  return layout({
    subject: 'New log-in to your Taskward account',
    blocks: [
      'A device that has not logged in before has logged in to your account, with your password.',
      whenAndWhere(notice),
      'If it was you, there is nothing to do.',
      ...secureAccount('If it wasn’t you', notice),
    ],
  })
}

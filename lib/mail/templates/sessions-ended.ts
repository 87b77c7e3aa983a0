import { layout } from '../layout.ts'
import { type Notice, secureAccount, whenAndWhere } from '../notice.ts'
import type { MailContent } from '../seal-mail.ts'

export function sessionsEnded({
  mustChangePassword,
  ...notice
}: Notice & { mustChangePassword: boolean }): MailContent {
  return layout({
    subject: 'You were logged out of Taskward',
    blocks: [
      `An administrator logged your account out on all devices. ${mustChangePassword ? 'After your next log-in you choose a new password.' : 'You can log in again.'}`,
      whenAndWhere(notice),
      { button: 'Log in', path: '/login' },
      ...secureAccount('If another person may know your password', notice),
    ],
  })
}

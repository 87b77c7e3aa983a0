import { layout } from '../layout.ts'
import { type Occasion, whenAndWhere } from '../notice.ts'
import type { MailContent } from '../seal-mail.ts'

export function accountDisabled(occasion: Occasion): MailContent {
  return layout({
    subject: 'Your Taskward account was disabled',
    blocks: [
      'An administrator disabled your account. All devices were logged out, and no log-in works until the account is enabled again.',
      whenAndWhere(occasion),
      'Nothing in it was deleted. If you don’t know the reason, ask your administrator.',
    ],
  })
}

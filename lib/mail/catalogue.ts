import type { MailContent } from './seal-mail.ts'
import { accountDeletion } from './templates/account-deletion.ts'
import { accountDisabled } from './templates/account-disabled.ts'
import { claimAccount } from './templates/claim-account.ts'
import { confirmEmail } from './templates/confirm-email.ts'
import { emailChange } from './templates/email-change.ts'
import { emailChangeRequested } from './templates/email-change-requested.ts'
import { emailChanged } from './templates/email-changed.ts'
import { newDevice } from './templates/new-device.ts'
import { passwordChanged } from './templates/password-changed.ts'
import { passwordReset } from './templates/password-reset.ts'
import { sessionsEnded } from './templates/sessions-ended.ts'
import { signUpAttempted } from './templates/sign-up-attempted.ts'

/** The only list of mails: each kind has its template, and `queueMail` takes the values that the template needs. */
const CATALOGUE = {
  account_deletion: accountDeletion,
  account_disabled: accountDisabled,
  claim_account: claimAccount,
  confirm_email: confirmEmail,
  email_change: emailChange,
  email_change_requested: emailChangeRequested,
  email_changed: emailChanged,
  new_device: newDevice,
  password_reset: passwordReset,
  password_changed: passwordChanged,
  sessions_ended: sessionsEnded,
  sign_up_attempted: signUpAttempted,
} as const satisfies Record<string, (values: never) => MailContent>

export type MailKind = keyof typeof CATALOGUE

export type MailValues = { [Kind in MailKind]: Parameters<(typeof CATALOGUE)[Kind]>[0] }

/** The same list in a form that keeps kind and values together. */
export const TEMPLATES: { [Kind in MailKind]: (values: MailValues[Kind]) => MailContent } = CATALOGUE

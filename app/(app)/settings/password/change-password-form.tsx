'use client'

import { ActionForm } from '#components/form/action-form'
import { FormProblems } from '#components/form/form-problems'
import { useCheckedForm } from '#components/form/use-checked-form'
import { usePasswordStrength } from '#components/form/use-password-strength'
import { PasswordField } from '#components/ui/password-field'
import { SubmitButton } from '#components/ui/submit-button'
import { PASSWORD_RULES } from '#lib/auth/policy'
import { changePasswordSchema } from '#lib/auth/schema'
import { hasFailed } from '#lib/form-state'
import { changePasswordAction } from './actions'

export function ChangePasswordForm({ email, name }: { email: string; name: string | null }) {
  const { state, pending, field, formProps } = useCheckedForm(
    changePasswordAction,
    'change-password',
    changePasswordSchema(email),
    {
      secrets: ['current_password', 'new_password'],
    },
  )
  const strength = usePasswordStrength(name)
  return (
    <ActionForm {...formProps} className="grid gap-5">
      <title>{`${hasFailed(state) ? 'Error: ' : ''}Change your password – Taskward`}</title>
      <FormProblems state={state} />
      {/* Tells password managers whose password this is. */}
      <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="Current password"
        autoComplete="current-password"
        {...field('current_password')}
      />
      <PasswordField
        label="New password"
        hint={PASSWORD_RULES}
        autoComplete="new-password"
        {...field('new_password')}
        {...strength}
      />
      <SubmitButton pending={pending} pendingText="Changing password…">
        Change password
      </SubmitButton>
    </ActionForm>
  )
}

'use client'

import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { usePasswordStrength } from '#components/form/use-password-strength.tsx'
import { useValidatedForm } from '#components/form/use-validated-form.tsx'
import { PasswordField } from '#components/ui/password-field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { PASSWORD_RULES } from '#lib/auth/policy.ts'
import { changePasswordAction } from './actions.ts'

export function ChangePasswordForm({ email, name }: { email: string; name: string | null }) {
  const { strengthProps, findErrors } = usePasswordStrength('new_password', name)
  const { state, pending, field, formProps } = useValidatedForm(changePasswordAction, {
    name: 'change-password',
    loadSchema: async () => (await import('#lib/auth/schema.ts')).changePasswordSchema(email),
    secrets: ['current_password', 'new_password'],
    findErrors,
  })
  return (
    <ActionForm {...formProps} className="grid gap-5">
      <FormTitle state={state}>Change your password</FormTitle>
      <FormErrors state={state} fields={['current_password', 'new_password']} />
      {/* Password managers read the account from this field. */}
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
        {...strengthProps}
      />
      <SubmitButton pending={pending} pendingText="Changing password…">
        Change password
      </SubmitButton>
    </ActionForm>
  )
}

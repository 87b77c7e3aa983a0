'use client'

import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { usePasswordStrength } from '#components/form/use-password-strength.tsx'
import { useValidatedForm } from '#components/form/use-validated-form.tsx'
import { PasswordField } from '#components/ui/password-field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { PASSWORD_RULES } from '#lib/auth/policy.ts'
import { resetPasswordAction } from './actions.ts'

export function ResetPasswordForm({ email, name }: { email: string; name: string | null }) {
  const { strengthProps, findErrors } = usePasswordStrength('password', name)
  const { state, pending, field, formProps } = useValidatedForm(resetPasswordAction, {
    name: 'reset-password',
    loadSchema: async () => (await import('#lib/auth/schema.ts')).resetFormSchema(email),
    secrets: ['password'],
    findErrors,
  })
  return (
    <ActionForm {...formProps} className="grid gap-5">
      <FormTitle state={state}>Choose a new password</FormTitle>
      <FormErrors state={state} fields={['password']} />
      {/* Password managers read the account from this field. */}
      <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="New password"
        hint={PASSWORD_RULES}
        autoComplete="new-password"
        {...field('password')}
        {...strengthProps}
      />
      <SubmitButton pending={pending} pendingText="Saving password…">
        Save password
      </SubmitButton>
    </ActionForm>
  )
}

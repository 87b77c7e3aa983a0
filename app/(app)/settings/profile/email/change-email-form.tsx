'use client'

import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { useValidatedForm } from '#components/form/use-validated-form.tsx'
import { PasswordField } from '#components/ui/password-field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { changeEmailAction } from './actions.ts'

export function ChangeEmailForm({ email }: { email: string }) {
  const { state, pending, field, formProps } = useValidatedForm(changeEmailAction, {
    name: 'change-email',
    loadSchema: async () => (await import('#lib/auth/schema.ts')).changeEmailFormSchema,
    secrets: ['password'],
  })
  const addressField = field('address')
  return (
    <ActionForm {...formProps} className="grid gap-5">
      <FormTitle state={state}>Change your email</FormTitle>
      <FormErrors state={state} fields={['address', 'password']} />
      {/* Password managers read the account from this field. */}
      <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
      <TextField label="New email" type="email" inputMode="email" autoComplete="email" {...addressField} />
      <PasswordField label="Current password" autoComplete="current-password" {...field('password')} />
      <SubmitButton pending={pending} pendingText="Sending link…">
        Send link
      </SubmitButton>
    </ActionForm>
  )
}

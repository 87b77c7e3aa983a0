'use client'

import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { useValidatedForm } from '#components/form/use-validated-form.tsx'
import { PasswordField } from '#components/ui/password-field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { deleteAccountAction } from './actions.ts'

export function DeleteAccountForm({ email }: { email: string }) {
  const { state, pending, field, formProps } = useValidatedForm(deleteAccountAction, {
    name: 'delete-account',
    loadSchema: async () => (await import('#lib/auth/schema.ts')).deleteAccountSchema,
    secrets: ['password'],
  })
  return (
    <ActionForm {...formProps} className="grid gap-5">
      <FormTitle state={state}>Delete your account</FormTitle>
      <FormErrors state={state} fields={['password']} />
      {/* Password managers read the account from this field. */}
      <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField label="Password" autoComplete="current-password" {...field('password')} />
      <SubmitButton variant="danger" pending={pending} pendingText="Deleting…">
        Delete my account
      </SubmitButton>
    </ActionForm>
  )
}

'use client'

import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { useValidatedForm } from '#components/form/use-validated-form.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { forgotPasswordAction } from './actions.ts'

const loadSchema = async () => (await import('#lib/auth/schema.ts')).forgotPasswordSchema

export function ForgotPasswordForm() {
  const { state, pending, field, formProps } = useValidatedForm(forgotPasswordAction, {
    name: 'forgot-password',
    loadSchema,
  })
  return (
    <ActionForm {...formProps} className="grid gap-5">
      <FormTitle state={state}>Reset your password</FormTitle>
      <FormErrors state={state} fields={['email']} />
      <TextField label="Email" type="email" inputMode="email" autoComplete="username" {...field('email')} />
      <SubmitButton pending={pending} pendingText="Sending link…">
        Send link
      </SubmitButton>
    </ActionForm>
  )
}

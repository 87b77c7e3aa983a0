'use client'

import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { TimeZoneField } from '#components/form/time-zone-field.tsx'
import { useValidatedForm } from '#components/form/use-validated-form.tsx'
import { CheckboxField } from '#components/ui/checkbox-field.tsx'
import { PasswordField } from '#components/ui/password-field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { SUBMISSION_FIELD } from '#lib/gate/form-fields.ts'
import { logInAction } from './actions.ts'

const loadSchema = async () => (await import('#lib/auth/schema.ts')).logInSchema

export function LogInForm({ next, submission }: { next: string; submission: string }) {
  const { state, pending, field, formProps } = useValidatedForm(logInAction, {
    name: 'log-in',
    loadSchema,
    secrets: ['password'],
  })
  return (
    <ActionForm {...formProps} className="grid gap-5">
      <FormTitle state={state}>Log in</FormTitle>
      <FormErrors state={state} fields={['email', 'password']} />
      <HiddenFields fields={{ next, [SUBMISSION_FIELD]: submission }} />
      <TimeZoneField />
      <TextField label="Email" type="email" inputMode="email" autoComplete="username" {...field('email')} />
      <PasswordField label="Password" autoComplete="current-password" {...field('password')} />
      <CheckboxField
        name="keep"
        label="Keep me logged in"
        hint="Turn this off on a shared computer. You’ll be logged out when the browser closes, or after 24 hours."
        defaultChecked={state.attempt === 0 || state.values.keep === 'on'}
      />
      <SubmitButton pending={pending} pendingText="Logging in…">
        Log in
      </SubmitButton>
    </ActionForm>
  )
}

'use client'

import { ActionForm } from '#components/form/action-form'
import { FormProblems } from '#components/form/form-problems'
import { HiddenFields } from '#components/form/hidden-fields'
import { useCheckedForm } from '#components/form/use-checked-form'
import { usePasswordStrength } from '#components/form/use-password-strength'
import { PasswordField } from '#components/ui/password-field'
import { SubmitButton } from '#components/ui/submit-button'
import { TextField } from '#components/ui/text-field'
import { SUBMISSION_FIELD } from '#lib/auth/edge/form-marks'
import { PASSWORD_RULES } from '#lib/auth/policy'
import { signUpSchema } from '#lib/auth/schema'
import { hasFailed } from '#lib/form-state'
import { signUpAction } from './actions'

export function SignUpForm({ next, submission }: { next: string; submission: string }) {
  const { state, pending, field, formProps } = useCheckedForm(signUpAction, 'sign-up', signUpSchema, {
    secrets: ['password'],
  })
  const strength = usePasswordStrength()
  return (
    <ActionForm {...formProps} className="grid gap-5">
      <title>{`${hasFailed(state) ? 'Error: ' : ''}Create your account – Taskward`}</title>
      <FormProblems state={state} />
      <HiddenFields fields={{ next, [SUBMISSION_FIELD]: submission }} />
      <TextField label="Email" type="email" inputMode="email" autoComplete="username" {...field('email')} />
      <PasswordField
        label="Password"
        hint={PASSWORD_RULES}
        autoComplete="new-password"
        {...field('password')}
        {...strength}
      />
      <SubmitButton pending={pending} pendingText="Creating account…">
        Create account
      </SubmitButton>
    </ActionForm>
  )
}

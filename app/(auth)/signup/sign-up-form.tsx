'use client'

import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { TimeZoneField } from '#components/form/time-zone-field.tsx'
import { usePasswordStrength } from '#components/form/use-password-strength.tsx'
import { useValidatedForm } from '#components/form/use-validated-form.tsx'
import { PasswordField } from '#components/ui/password-field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { SUBMISSION_FIELD } from '#lib/gate/form-fields.ts'
import { signUpAction } from './actions.ts'

const loadSchema = async () => (await import('#lib/auth/schema.ts')).signUpSchema

type SignUpFormProps = {
  next: string
  submission: string
  /** From the server, because the module of these texts would make the page's scripts larger. */
  texts: { passwordRules: string; emailTaken: string }
}

export function SignUpForm({ next, submission, texts }: SignUpFormProps) {
  const { strengthProps, findErrors } = usePasswordStrength('password')
  const { state, pending, field, formProps } = useValidatedForm(signUpAction, {
    name: 'sign-up',
    loadSchema,
    secrets: ['password'],
    findErrors,
  })
  const email = field('email')
  // In an element, which React can remove after a browser has translated the text.
  const taken = (
    <span>
      {texts.emailTaken} <TextLink href={`/login?next=${encodeURIComponent(next)}`}>Log in</TextLink>
    </span>
  )
  return (
    <ActionForm {...formProps} className="grid gap-5">
      <FormTitle state={state}>Create your account</FormTitle>
      <FormErrors state={state} fields={['email', 'password']} />
      <HiddenFields fields={{ next, [SUBMISSION_FIELD]: submission }} />
      <TimeZoneField />
      <TextField
        label="Email"
        type="email"
        inputMode="email"
        autoComplete="username"
        {...email}
        {...(email.error === texts.emailTaken && { error: taken })}
      />
      <PasswordField
        label="Password"
        hint={texts.passwordRules}
        autoComplete="new-password"
        {...field('password')}
        {...strengthProps}
      />
      <SubmitButton pending={pending} pendingText="Creating account…">
        Create account
      </SubmitButton>
    </ActionForm>
  )
}

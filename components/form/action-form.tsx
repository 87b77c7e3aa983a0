'use client'

import type { ComponentProps } from 'react'
import { ACCOUNT_EMAIL_FIELD, ACCOUNT_FIELD, FORM_FIELD } from '#lib/gate/form-fields.ts'
import { HiddenFields } from './hidden-fields.tsx'
import { HydrationSafeForm } from './hydration-safe-form.tsx'
import { usePageForms } from './page-forms.tsx'
import type { FormSender } from './use-form-sender.tsx'

type ActionFormProps = Omit<ComponentProps<typeof HydrationSafeForm>, 'action' | 'name'> & {
  sender: Pick<FormSender, 'name' | 'post'>
}

/** The form of every server action. Hidden fields name the form and the account whose page it is on. */
export function ActionForm({ sender, children, ...rest }: ActionFormProps) {
  const isReturned = usePageForms().returned.some(({ form }) => form === sender.name)
  return (
    <HydrationSafeForm
      {...rest}
      name={sender.name}
      action={sender.post}
      {...(isReturned && { 'data-returned': '' })}
    >
      <HiddenFields fields={{ [FORM_FIELD]: sender.name }} />
      <AccountFields />
      {children}
    </HydrationSafeForm>
  )
}

/** The account that the page shows. The server refuses a signed-in form without it. */
export function AccountFields() {
  const { account } = usePageForms()
  return (
    account && (
      <HiddenFields fields={{ [ACCOUNT_FIELD]: account.userId, [ACCOUNT_EMAIL_FIELD]: account.email }} />
    )
  )
}

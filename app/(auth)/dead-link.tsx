import type { ReactNode } from 'react'
import { FormColumn } from '#components/shell/page-column.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'

type DeadLinkProps = {
  /** The browser holds no secret of a link at all. */
  isMissing: boolean
  /** How long such a link works, and what to do now. */
  explanation: ReactNode
  forgotPassword: string
}

/** The page of a mailed link that does not work. */
export function DeadLink({ isMissing, explanation, forgotPassword }: DeadLinkProps) {
  return (
    <FormColumn heading={isMissing ? 'Open the link in the email again' : 'This link no longer works'}>
      <title>{`${isMissing ? 'Open the link again' : 'This link no longer works'} – Taskward`}</title>
      <p className="mb-6 text-quiet">
        {isMissing
          ? 'This page opens from a link that we emailed you. If the link leads here too, copy its whole address from the email, and allow cookies for this site.'
          : explanation}
      </p>
      <div className="flex flex-wrap gap-2">
        <LinkButton href="/forgot-password">{forgotPassword}</LinkButton>
        <LinkButton href="/login" variant="quiet">
          Log in
        </LinkButton>
      </div>
    </FormColumn>
  )
}

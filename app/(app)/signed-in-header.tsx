import { AppHeader } from '#components/shell/app-header'
import { SubmitButton } from '#components/ui/submit-button'
import { logOutAction } from './actions'

/** The header of every page behind the gate. */
export function SignedInHeader({ email }: { email: string }) {
  return (
    <AppHeader email={email}>
      <form action={logOutAction}>
        <SubmitButton variant="plain">Log out</SubmitButton>
      </form>
    </AppHeader>
  )
}

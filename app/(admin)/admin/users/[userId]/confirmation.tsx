import { ButtonForm } from '#components/form/button-form.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { ACCOUNT_ACTIONS, type AccountAction } from './account-actions.ts'
import { performAccountAction } from './actions.ts'

/** Asks before an account action: what it does, a button that does it, and a way back. */
export function Confirmation({ action, userId }: { action: AccountAction; userId: string }) {
  const { question, effect, button, dangerous } = ACCOUNT_ACTIONS[action]
  return (
    <section
      aria-labelledby="confirmation"
      className="max-w-[44rem] rounded-lg bg-wash p-4 forced-colors:border sm:p-5"
    >
      <h2 id="confirmation" className="text-lead">
        {question}
      </h2>
      <p className="mt-1 max-w-prose">{effect}</p>
      <div className="mt-4 flex flex-wrap items-end gap-2">
        <ButtonForm
          action={performAccountAction}
          name={action}
          fields={{ user_id: userId, account_action: action }}
          variant={dangerous ? 'danger' : 'primary'}
        >
          {button}
        </ButtonForm>
        <LinkButton href={`/admin/users/${userId}`} variant="plain">
          Cancel
        </LinkButton>
      </div>
    </section>
  )
}

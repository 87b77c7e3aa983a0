import { ButtonForm } from '#components/form/button-form.tsx'
import { Confirmation } from '../../confirmation.tsx'
import { ACCOUNT_ACTIONS, type AccountAction } from './account-actions.ts'
import { performAccountAction } from './actions.ts'

export function ConfirmAccountAction({ action, userId }: { action: AccountAction; userId: string }) {
  const { question, effect, button, dangerous } = ACCOUNT_ACTIONS[action]
  return (
    <Confirmation
      question={question}
      effect={effect}
      back={`/admin/users/${userId}`}
      button={
        <ButtonForm
          action={performAccountAction}
          name={action}
          fields={{ user_id: userId, account_action: action }}
          variant={dangerous ? 'danger' : 'primary'}
        >
          {button}
        </ButtonForm>
      }
    />
  )
}

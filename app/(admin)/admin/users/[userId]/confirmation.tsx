import { ButtonForm } from '#components/form/button-form.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { doDeedAction } from './actions.ts'
import { DEEDS, type Deed } from './deeds.ts'

/** The second step of a deed: what it will do, and two ways on. */
export function Confirmation({ deed, userId }: { deed: Deed; userId: string }) {
  const { question, effect, button, dangerous } = DEEDS[deed]
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
          action={doDeedAction}
          name={deed}
          fields={{ user_id: userId, deed }}
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

import type { Metadata } from 'next'
import { ButtonForm } from '#components/form/button-form.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { listSessions } from '#lib/auth/session/list-sessions.ts'
import { SettingsFrame } from '../settings-frame.tsx'
import { endOtherSessionsAction } from './actions.ts'
import { SessionRow } from './session-row.tsx'

export const metadata: Metadata = { title: 'Devices – Taskward' }

export default async function SessionsPage() {
  const actor = await requireActor('/settings/sessions')
  const sessions = await listSessions(actor, new Date())
  const now = new Date().toISOString()
  return (
    <SettingsFrame
      actor={actor}
      heading="Devices"
      intro="Where you’re logged in. Log out anything you don’t recognise, then change your password."
    >
      <ul aria-label="Devices">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} now={now} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <div className="mt-4">
          <ButtonForm action={endOtherSessionsAction} name="end-other-sessions">
            Log out all other devices
          </ButtonForm>
        </div>
      )}
    </SettingsFrame>
  )
}

import type { Metadata } from 'next'
import { ButtonForm } from '#components/form/button-form.tsx'
import { FocusedNotice } from '#components/ui/focused-notice.tsx'
import type { Actor } from '#lib/actor.ts'
import { requireActor } from '#lib/auth/actor.ts'
import { getEndedDevice } from '#lib/auth/session/get-ended-device.ts'
import { listSessions } from '#lib/auth/session/list-sessions.ts'
import { hasFlashMessage } from '#lib/http/flash-message.ts'
import { SettingsFrame } from '../settings-frame.tsx'
import { endOtherSessionsAction } from './actions.ts'
import { SessionRow } from './session-row.tsx'

export const metadata: Metadata = { title: 'Devices – Taskward' }

export default async function SessionsPage({ searchParams }: PageProps<'/settings/sessions'>) {
  const actor = await requireActor('/settings/sessions')
  const sessions = await listSessions(actor, new Date())
  const now = new Date().toISOString()
  const { ended } = await searchParams
  const notice = await describeEnded(ended, actor)
  return (
    <SettingsFrame
      actor={actor}
      heading="Devices"
      intro="Where you’re logged in. Log out anything you don’t recognise, then change your password."
    >
      {notice && <FocusedNotice key={String(ended)}>{notice}</FocusedNotice>}
      <ul aria-label="Devices">
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isNamesake={sessions.filter(({ device }) => device === session.device).length > 1}
            now={now}
          />
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

/** @param ended from the query string, so the flash message has to confirm it */
async function describeEnded(ended: unknown, actor: Actor): Promise<string | null> {
  if (typeof ended !== 'string' || !(await hasFlashMessage(`session-ended.${ended}`, actor))) return null
  if (ended === 'others') return 'All other devices are logged out.'
  const device = await getEndedDevice(actor, ended)
  return device && `${device} is logged out.`
}

import { PlainLink, TextLink } from '#components/ui/text-link.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { FAILURES, type FailureCode } from '#lib/http/failures.ts'
import { getFlashMessage } from '#lib/http/flash-message.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { getUploadPreview } from '#lib/tasks/import/uploads.ts'
import { SettingsFrame } from '../settings-frame.tsx'
import { Preview } from './import-preview.tsx'
import { UploadForm } from './upload-form.tsx'

const HEADING = 'Import and export'

export default async function DataPage() {
  const actor = await requireActor('/settings/data')
  const now = new Date()
  const [upload, flash] = await Promise.all([getUploadPreview(actor, now), getFlashMessage(actor)])
  const error = describeRefusal(flash)
  return (
    <SettingsFrame actor={actor} heading={HEADING}>
      <title>{`${error ? 'Error: ' : ''}${HEADING} – Taskward`}</title>
      {upload && <Preview {...upload} today={dayIn(actor.timeZone ?? 'UTC', now)} />}
      <section aria-labelledby="import" className="mb-10 max-w-96">
        <h2 id="import" className="mb-4 text-lead">
          {upload ? 'Import something else' : 'Import'}
        </h2>
        <UploadForm error={error} />
      </section>
      <section aria-labelledby="export" className="max-w-prose">
        <h2 id="export" className="mb-2 text-lead">
          Export
        </h2>
        <p className="text-quiet">
          All your tasks as a file: <PlainLink href="/api/me/export.csv">CSV</PlainLink> for a spreadsheet,{' '}
          <PlainLink href="/api/me/export.json">JSON</PlainLink> with your lists. Both can be imported again.
          Your <TextLink href="/settings/profile">profile</TextLink> has everything else that is stored.
        </p>
      </section>
    </SettingsFrame>
  )
}

function describeRefusal(message: string | null): string | undefined {
  const [, code = ''] = /^import-refused\.(\w+)$/.exec(message ?? '') ?? []
  return Object.hasOwn(FAILURES, code) ? FAILURES[code as FailureCode].text : undefined
}

import type { Metadata } from 'next'
import { FormColumn } from '#components/shell/page-column.tsx'
import { PageNotice } from '#components/ui/page-notice.tsx'
import { PlainLink, TextLink } from '#components/ui/text-link.tsx'
import { requireActor } from '#lib/auth/actor.ts'
import { hasFlashMessage } from '#lib/http/flash-message.ts'
import { SignedInPage } from '../../signed-in-page.tsx'
import { ProfileForm } from './profile-form.tsx'

export const metadata: Metadata = { title: 'Profile – Taskward' }

export default async function ProfilePage({ searchParams }: PageProps<'/settings/profile'>) {
  const actor = await requireActor('/settings/profile')
  const { saved } = await searchParams
  const isSaved = await hasFlashMessage('profile-saved', actor)
  return (
    <SignedInPage actor={actor} path="/settings/profile">
      <FormColumn
        heading="Profile"
        intro={<>You log in as {actor.email}.</>}
        footer={
          <ul className="grid gap-2">
            <li>
              <PlainLink href="/settings/profile/data.json">Download my data</PlainLink> (JSON), or{' '}
              <PlainLink href="/settings/profile/data.zip">as CSV files</PlainLink>
            </li>
            <li>
              <TextLink href="/settings/profile/delete">Delete my account</TextLink>
            </li>
          </ul>
        }
      >
        {isSaved && <PageNotice>Profile saved.</PageNotice>}
        <ProfileForm
          key={String(saved)}
          name={actor.name ?? ''}
          timeZone={actor.timeZone ?? ''}
          timeZones={listTimeZones(actor.timeZone)}
        />
      </FormColumn>
    </SignedInPage>
  )
}

/** With the account's own: the list has one name of each zone, and a browser may use another. */
function listTimeZones(chosen: string | null): string[] {
  return [...new Set([...(chosen ? [chosen] : []), 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort()
}

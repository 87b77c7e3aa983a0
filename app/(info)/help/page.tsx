import type { Metadata } from 'next'
import { ShortcutTable } from '#components/keyboard/shortcut-table.tsx'
import { ShortcutsSwitch } from '#components/keyboard/shortcuts-switch.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { DELETION_DAYS } from '#lib/auth/policy.ts'
import { cookieNames } from '#lib/gate/cookie-names.ts'
import { InfoPage } from '../info-page.tsx'

export const metadata: Metadata = { title: 'Help – Taskward' }

const EXAMPLES = [
  ['Call Ines tomorrow at 9', 'Due tomorrow, 09:00'],
  ['Buy stamps #Errands', 'In the list Errands, which is made if there is none'],
  ['Pay rent every month on the 1st', 'Repeats, and is due on the next 1st'],
  ['Book a table on fri @phone', 'Due on Friday, with the label phone'],
  ['Renew the passport p1 by 24 dec', 'High priority, due on 24 December'],
] as const

export default function HelpPage() {
  return (
    <InfoPage heading="Help" intro="How to add tasks, use the keyboard and manage your account.">
      <h2>Add a task with its day</h2>
      <p>Type the day, the list and the like with the task:</p>
      <dl className="grid gap-2">
        {EXAMPLES.map(([line, meaning]) => (
          <div key={line}>
            <dt className="font-medium">{line}</dt>
            <dd className="text-quiet">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>
        What we read is shown below the field. Click it to keep it in the title instead, or press Esc for the
        last one. Text in quotation marks always stays. To add several tasks, paste them as lines.
      </p>
      <h2>My tasks are in another app</h2>
      <p>
        <TextLink href="/settings/data">Import</TextLink> a CSV file from Todoist, or one whose first line
        names a column “title”. You see a preview first.
      </p>
      <h2>I forgot my password</h2>
      <p>
        <TextLink href="/forgot-password">Reset your password</TextLink>: we email you a link that works once,
        for an hour. Nothing after a few minutes? Check your spam folder and the spelling, then ask again.
      </p>
      <h2>I want another password</h2>
      <p>
        <TextLink href="/settings/password">Change your password</TextLink>. This logs out all your other
        devices.
      </p>
      <h2>Someone else may be logged in</h2>
      <p>
        <TextLink href="/settings/activity">Activity</TextLink> lists every log-in and failed attempt. Choose
        “This wasn’t me” at one you don’t recognise: we log out your other devices and ask you for a new
        password. <TextLink href="/settings/sessions">Devices</TextLink> lists where you are logged in now.
      </p>
      <h2>Times are wrong</h2>
      <p>
        Choose your time zone in your <TextLink href="/settings/profile">profile</TextLink>.
      </p>
      <h2>I want a copy of my data</h2>
      <p>
        Your <TextLink href="/settings/profile">profile</TextLink> has downloads of your tasks, devices and
        events, as JSON or CSV.
      </p>
      <h2>I want to leave</h2>
      <p>
        <TextLink href="/settings/profile/delete">Delete your account</TextLink>. It is kept for{' '}
        {DELETION_DAYS} days: if you log in before then, it stays.
      </p>
      <h2 id="keyboard">Keyboard shortcuts</h2>
      <ShortcutTable />
      <ShortcutsSwitch cookie={cookieNames().shortcuts} />
    </InfoPage>
  )
}

import type { Metadata } from 'next'
import { connection } from 'next/server'
import { TextLink } from '#components/ui/text-link.tsx'
import { getRetentionDays } from '#lib/audit/seal/prune-events.ts'
import { DELETION_DAYS, DRAFT_HOURS, KNOWN_COOKIE_DAYS } from '#lib/auth/policy.ts'
import { KEPT_DAYS } from '#lib/tasks/purge-deleted-tasks.ts'
import { InfoPage } from '../info-page.tsx'

export const metadata: Metadata = { title: 'Privacy – Taskward' }

export default async function PrivacyPage() {
  // The build has no environment.
  await connection()
  return (
    <InfoPage
      heading="Privacy"
      intro="What this site stores, and for how long. It shows no advertising, and loads nothing from other sites."
    >
      <h2>Your account</h2>
      <p>
        Your email address, your name if you enter it, the time zone of your browser or the one you choose,
        and your tasks, until you delete them or your account. What you change or delete in tasks is kept for{' '}
        {KEPT_DAYS} days, so that it can be undone. A file to import is kept until you import or discard it,
        for an hour at most. Your password is stored only as a hash, from which it cannot be read.
      </p>
      <h2>Your devices</h2>
      <p>
        For each log-in: the IP address, the name of the browser, and when you logged in and were last active.
        They are deleted 30 days after the log-in ends. <TextLink href="/settings/sessions">Devices</TextLink>{' '}
        shows them.
      </p>
      <h2>Security events</h2>
      <p>
        Log-ins, failed attempts and changes to your account, with the IP address and the name of the browser,
        for {getRetentionDays()} days. They help you and the administrators to detect attacks.{' '}
        <TextLink href="/settings/activity">Activity</TextLink> shows them.
      </p>
      <h2>Emails</h2>
      <p>What we email you is stored encrypted until it is sent. When and to whom is stored for 30 days.</p>
      <h2>Cookies</h2>
      <ul>
        <li>Two keep you logged in: until you log out, for 30 days at most.</li>
        <li>
          One recognises a browser that has logged in before, for {KNOWN_COOKIE_DAYS} days: attackers cannot
          lock it out.
        </li>
        <li>One keeps the theme that you choose, for a year, and one that keyboard shortcuts are off.</li>
        <li>
          Short-lived ones carry a message to the next page, a link that you opened, or, for {DRAFT_HOURS}{' '}
          hours, text that you typed while your session ended.
        </li>
      </ul>
      <p>No cookie serves to follow you on other sites.</p>
      <h2>When you leave</h2>
      <p>
        <TextLink href="/settings/profile/delete">Delete your account</TextLink>, and after {DELETION_DAYS}{' '}
        days your profile, tasks and devices are deleted. Security events stay until their time is over,
        without your email address. Backups that the administrators keep may hold data for longer.
      </p>
    </InfoPage>
  )
}

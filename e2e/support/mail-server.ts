import { randomBytes, randomUUID } from 'node:crypto'
import { type MailServer, parseMail, startMailServer } from '#lib/testing/mail-server.ts'
import { createDatabase } from '#lib/testing/postgres-server.ts'
import { databaseUrl } from './run.ts'
import { expect } from './test.ts'

const secret = () => randomBytes(32).toString('base64url')

/** A database of its own: every server of the run sends what waits in the common one. */
export async function ownSettings() {
  return {
    DATABASE_URL: await createDatabase(databaseUrl(), `mail-${randomUUID()}`),
    JWT_SECRET: secret(),
    PASSWORD_PEPPER: secret(),
    AUDIT_SEAL_SECRET: secret(),
  }
}

type Settings = Awaited<ReturnType<typeof ownSettings>>

/** Runs a test with a real SMTP server, and the settings of servers that send to it. */
export async function withMailServer(run: (mail: MailServer, settings: Settings) => Promise<void>) {
  const mail = await startMailServer({ auth: { user: 'taskward', pass: 'p@ss' } })
  const SMTP_URL = `smtp://taskward:p%40ss@127.0.0.1:${mail.smtp.port}`
  const sending = { SMTP_URL, MAIL_FROM: 'Taskward <no-reply@example.org>' }
  try {
    await run(mail, { ...(await ownSettings()), ...sending })
  } finally {
    await mail.stop()
  }
}

/** Waits for a mail to an address with a link to a page. @returns the newest such link */
export async function readLink({ received }: MailServer, address: string, path: string): Promise<string> {
  let link: string | undefined
  await expect
    .poll(
      async () => {
        const mails = received.filter(({ to }) => to.includes(address)).map(({ raw }) => parseMail(raw))
        const texts = (await Promise.all(mails)).map(({ text = '' }) => text)
        link = texts
          .flatMap((text) => text.match(/https?:\/\/\S+/g) ?? [])
          .findLast((one) => new URL(one).pathname === path)
        return link
      },
      { message: `a link to ${path} for ${address}` },
    )
    .toBeDefined()
  return String(link)
}

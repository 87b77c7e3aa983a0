import { db } from '#lib/db/client.ts'
import { type AddressedMail, openMail } from '#lib/mail/seal-mail.ts'

export type OpenedMail = AddressedMail & { kind: string }

/** The mails that wait to be sent, oldest first. */
export async function openMails(): Promise<OpenedMail[]> {
  const rows = await db().mail.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  const opened = rows.map(async ({ id, kind, sealed }) => {
    const mail = sealed && (await openMail(sealed, id))
    if (!mail) throw new Error(`The mail ${kind} does not open`)
    return { ...mail, kind }
  })
  return Promise.all(opened)
}

/** The secret of the link in the newest mail of a kind to an address. */
export async function tokenMailedTo(to: string, kind: string): Promise<string> {
  const mail = (await openMails()).reverse().find((one) => one.kind === kind && one.to === to)
  const [, token] = /[?]token=([\w-]+)/.exec(mail?.text ?? '') ?? []
  if (!token) throw new Error(`No mail ${kind} to ${to} has a link`)
  return token
}

import PostalMime from 'postal-mime'
import { escapeHtml } from '#lib/escape-html.ts'
import { isLocalRequest } from '#lib/http/is-local-request.ts'
import { listMailFiles, readMailFile } from '#lib/mail/read-mail-files.ts'
import { mailPage, notFound } from './mail-page.ts'

const SHOWN = 100

/** The mails of a server without SMTP_URL, newest first. `next dev` alone has this route (next.config.ts). */
export async function GET(request: Request): Promise<Response> {
  if (!isLocalRequest(request.headers)) return notFound()
  const names = (await listMailFiles()).slice(0, SHOWN)
  const rows = await Promise.all(names.map(describe))
  const list =
    rows.length > 0
      ? `<ul>${rows.join('')}</ul>`
      : '<p>No mail yet. Reload after an action that sends one.</p>'
  return mailPage('Mail', `<h1>Mail</h1>${list}`)
}

async function describe(name: string): Promise<string> {
  const { to, subject, date } = await PostalMime.parse((await readMailFile(name)) ?? '')
  const [{ address = '' } = {}] = to ?? []
  return `<li><a href="/dev/mail/${name}">${escapeHtml(subject ?? name)}</a> to ${escapeHtml(address)}, ${escapeHtml(date ?? '')}</li>`
}

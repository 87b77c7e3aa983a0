import PostalMime from 'postal-mime'
import { escapeHtml } from '#lib/escape-html.ts'
import { isLocalRequest } from '#lib/http/is-local-request.ts'
import { readMailFile } from '#lib/mail/read-mail-files.ts'
import { mailPage, notFound } from '../mail-page.ts'

type Context = { params: Promise<{ file: string }> }

/** One mail as its recipient sees it, above its plain text. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const raw = isLocalRequest(request.headers) ? await readMailFile((await params).file) : null
  if (raw === null) return notFound()
  const { from, to, subject = '', html = '', text = '', date = '' } = await PostalMime.parse(raw)
  const facts = [
    ['From', `${from?.name ?? ''} <${from?.address ?? ''}>`],
    ['To', (to ?? []).map(({ address }) => address).join(', ')],
    ['Date', date],
  ]
  const head = facts
    .map(([name = '', value = '']) => `<p>${escapeHtml(name)}: ${escapeHtml(value)}</p>`)
    .join('')
  // No script runs in the frame, and its links open in this window.
  const frame = `<iframe title="HTML" sandbox="allow-top-navigation-by-user-activation" srcdoc="${escapeHtml(`<base target="_top">${html}`)}"></iframe>`
  return mailPage(
    subject,
    `<p><a href="/dev/mail">All mails</a></p><h1>${escapeHtml(subject)}</h1>${head}${frame}<h2>Plain text</h2><pre>${escapeHtml(text)}</pre>`,
  )
}

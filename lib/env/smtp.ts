import { z } from 'zod'
import { EnvironmentError } from './edge.ts'
import { isLoopback } from './loopback.ts'

export type SmtpServer = {
  host: string
  port: number
  /** `direct` begins with TLS, `starttls` requires the upgrade, `none` sends in clear text. */
  tls: 'direct' | 'starttls' | 'none'
  auth: { user: string; pass: string } | null
}

export type Mailbox = { name: string; address: string }

const PORTS = { 'smtp:': 587, 'smtps:': 465 }
const FORM =
  'must be a URL such as smtps://user:password@mail.example.org, or smtp:// for STARTTLS, with characters such as "@" percent-encoded in user and password. Its one parameter is ?tls=none for smtp://.'
const MAILBOX = /^(?:"?([^"<>\p{Cc}]*?)"?\s*<([^\s<>]+)>|([^\s<>]+))$/u
const ADDRESS = /^[!#-'*+\-./-9=?A-Z^-~]+@[\w.-]+$/

function parseSmtpUrl(text: string): SmtpServer | null {
  const url = URL.canParse(text) ? new URL(text) : null
  const isSmtp = url?.protocol === 'smtp:' || url?.protocol === 'smtps:'
  if (!isSmtp || !url.hostname || !/^\/?$/.test(url.pathname) || url.hash) return null
  const tls = tlsOf(url)
  const user = decode(url.username)
  const pass = decode(url.password)
  if (tls === null || user === null || pass === null || (user === '') !== (pass === '')) return null
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || PORTS[url.protocol as keyof typeof PORTS],
    tls,
    auth: user ? { user, pass } : null,
  }
}

/** On this machine clear text is the default: there is no one between, and certificates of `localhost` are seldom valid. */
function tlsOf({ protocol, hostname, searchParams, search }: URL): SmtpServer['tls'] | null {
  if (protocol === 'smtps:') return search === '' ? 'direct' : null
  if (search === '') return isLoopback(hostname) ? 'none' : 'starttls'
  if (searchParams.size !== 1) return null
  const choices: Record<string, SmtpServer['tls']> = { none: 'none', required: 'starttls' }
  return choices[searchParams.get('tls') ?? ''] ?? null
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function parseMailbox(text: string): Mailbox | null {
  const [, name = '', bracketed, bare] = MAILBOX.exec(text) ?? []
  const address = bracketed ?? bare ?? ''
  return ADDRESS.test(address) ? { name: name.trim(), address } : null
}

export const smtpUrl = z.string().trim().transform(parsedBy(parseSmtpUrl, FORM))

export const mailbox = z
  .string()
  .trim()
  .transform(parsedBy(parseMailbox, 'must be a sender such as Taskward <no-reply@example.org>.'))

/** Throws an `EnvironmentError` if mails leave this machine without a sender. */
export function mailFrom(
  {
    SMTP_URL: server,
    MAIL_FROM: sender,
  }: { SMTP_URL?: SmtpServer | undefined; MAIL_FROM?: Mailbox | undefined },
  appUrl: URL,
): Mailbox {
  if (server && !sender) {
    throw new EnvironmentError(
      'MAIL_FROM is not set: SMTP_URL needs a sender, such as Taskward <no-reply@example.org>.',
    )
  }
  return sender ?? { name: 'Taskward', address: `taskward@${appUrl.hostname}` }
}

function parsedBy<Value>(parse: (text: string) => Value | null, message: string) {
  return (text: string, context: z.RefinementCtx): Value => {
    const value = parse(text)
    if (value !== null) return value
    context.addIssue(message)
    return z.NEVER
  }
}

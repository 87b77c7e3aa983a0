import { createTransport, type SendMailOptions } from 'nodemailer'
import type { SmtpServer } from '#lib/env/smtp.ts'
import { err, ok, type Result } from '#lib/result.ts'

/**
 * `silence` is long because a server may check a mail before it accepts it: a client that does not wait sends it twice
 * (RFC 1047). `total` ends a connection on which a byte arrives now and then.
 */
export const SMTP_LIMITS = { connectMs: 10_000, silenceMs: 120_000, totalMs: 180_000 }

/** Commands whose refusal is about the mail. At others, the server refuses this client, which an operator can change. */
const ABOUT_THE_MAIL = ['RCPT TO', 'DATA']

/** `text` describes the failure for the log and the table, without the server's words, which quote addresses. */
export type SendFailure = { code: 'REFUSED' | 'UNAVAILABLE'; text: string }

/** @returns `REFUSED`: this mail, forever; `UNAVAILABLE`: not now */
export async function sendBySmtp(
  { host, port, tls, auth }: SmtpServer,
  { mail, limits = SMTP_LIMITS }: { mail: SendMailOptions; limits?: typeof SMTP_LIMITS | undefined },
): Promise<Result<null, SendFailure>> {
  const transport = createTransport({
    host,
    port,
    secure: tls === 'direct',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    // Without it, a server that offers no log-in gets the mail without one.
    ...(auth && { auth, forceAuth: true }),
    dnsTimeout: limits.connectMs,
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.connectMs,
    socketTimeout: limits.silenceMs,
  })
  try {
    await transport.sendMail({ ...mail, signal: AbortSignal.timeout(limits.totalMs) })
    return ok(null)
  } catch (error) {
    return err(describeFailure(error))
  }
}

type SmtpError = Error & { code?: unknown; command?: unknown; responseCode?: unknown }

function describeFailure(error: unknown): SendFailure {
  if (!(error instanceof Error)) throw error
  const { code, command, responseCode }: SmtpError = error
  if (typeof responseCode !== 'number') {
    return { code: 'UNAVAILABLE', text: `not sent: ${String(code ?? error.name)}` }
  }
  const isFinal = responseCode >= 500 && ABOUT_THE_MAIL.includes(String(command))
  return { code: isFinal ? 'REFUSED' : 'UNAVAILABLE', text: `answered ${responseCode} to ${command}` }
}

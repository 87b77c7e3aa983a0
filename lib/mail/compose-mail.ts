import type { SendMailOptions } from 'nodemailer'
import type { Mailbox } from '#lib/env/smtp.ts'
import type { AddressedMail } from './seal-mail.ts'

/** What the lines of a message may have (RFC 5322, 2.1.1). */
const PLAIN = /^[\n\x20-\x7e]*$/
const LONG_LINE = /.{999}/

/** @param id makes the Message-ID, which is the same in every attempt */
export function composeMail(
  { to, subject, text, html }: AddressedMail,
  { id, createdAt, from }: { id: string; createdAt: Date; from: Mailbox },
): SendMailOptions {
  return {
    from,
    to: { name: '', address: to },
    subject,
    messageId: `<${id}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
    date: createdAt,
    // RFC 3834: no answers by machines.
    headers: { 'Auto-Submitted': 'auto-generated' },
    alternatives: [asText(text), { content: html, contentType: 'text/html; charset=utf-8' }],
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** nodemailer breaks lines longer than 76 characters, and so the links in a file that is read as it is. */
function asText(text: string) {
  const contentType = 'text/plain; charset=utf-8'
  if (!PLAIN.test(text) || LONG_LINE.test(text)) return { content: text, contentType }
  const head = `Content-Type: ${contentType}\r\nContent-Transfer-Encoding: 7bit\r\n\r\n`
  return { raw: head + text.replaceAll('\n', '\r\n') }
}

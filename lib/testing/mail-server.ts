import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { SmtpServer } from '#lib/env/smtp.ts'

type ReceivedMail = {
  to: string[]
  /** The whole message, as it was sent. */
  raw: string
  isEncrypted: boolean
  user: string | undefined
}

export type MailServer = {
  smtp: SmtpServer
  /** What the server has read to the end, accepted or not. */
  received: ReceivedMail[]
  /** The SMTP code that refuses a recipient; null accepts. A test sets its own, as `onMessage`. */
  onRecipient: (address: string) => number | null
  /** Called when a message begins. Its result is the answer to the message, as with `onRecipient`. */
  onMessage: (mail: {
    dropConnection: () => void
    read: () => Promise<ReceivedMail>
  }) => Promise<number | null>
  stop: () => Promise<void>
}

/** A real SMTP server on 127.0.0.1. It accepts everything until a test sets its answers. */
export async function startMailServer({
  tls = 'none',
  auth = null,
  ...options
}: Partial<Pick<SmtpServer, 'tls' | 'auth'>> &
  Pick<SMTPServerOptions, 'key' | 'cert' | 'onConnect'> = {}): Promise<MailServer> {
  const sockets = new Set<Socket>()
  const server = new SMTPServer({
    ...options,
    secure: tls === 'direct',
    logger: false,
    authOptional: auth === null,
    allowInsecureAuth: tls === 'none',
    hideSTARTTLS: tls !== 'starttls',
    disableReverseLookup: true,
    closeTimeout: 1,
    onAuth: ({ username, password }, _session, done) =>
      username === auth?.user && password === auth?.pass
        ? done(null, { user: username })
        : done(refusal(535)),
    onRcptTo: ({ address }, _session, done) => done(refusal(mail.onRecipient(address))),
    onData: (stream, session, done) => {
      const read = async () => {
        const raw = Buffer.concat(await stream.toArray()).toString('utf8')
        const to = session.envelope.rcptTo.map(({ address }) => address)
        const one = { to, raw, isEncrypted: session.secure, user: session.user && String(session.user) }
        mail.received.push(one)
        return one
      }
      const dropConnection = () => {
        for (const socket of sockets) socket.destroy()
      }
      mail.onMessage({ read, dropConnection }).then((code) => done(refusal(code)), done)
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.server.address() as AddressInfo
  const host = tls === 'none' ? '127.0.0.1' : 'localhost'
  const mail: MailServer = {
    smtp: { host, port, tls, auth },
    received: [],
    onRecipient: () => null,
    onMessage: async ({ read }) => {
      await read()
      return null
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  return mail
}

function refusal(code: number | null): Error | null {
  return code === null ? null : Object.assign(new Error('refused by the test'), { responseCode: code })
}

export function parseMail(raw: string): Promise<Email> {
  return PostalMime.parse(raw)
}

import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { log } from '#lib/log.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { SendFailure } from './send-by-smtp.ts'

const FOLDER = path.join('.data', 'mail')

export function mailFolder(): string {
  return path.join(/* turbopackIgnore: true */ process.cwd(), FOLDER)
}

/** Writes a message as mail programs open it (RFC 5322). Only this user can read it: it holds a secret. */
export async function writeMailFile(
  mail: SendMailOptions,
  { id, kind, createdAt }: { id: string; kind: string; createdAt: Date },
): Promise<Result<null, SendFailure>> {
  const time = createdAt.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const name = `${time}-${kind.replaceAll('_', '-')}-${id}.eml`
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  try {
    const { message } = await composer.sendMail(mail)
    await mkdir(mailFolder(), { recursive: true, mode: 0o700 })
    await writeFile(path.join(mailFolder(), name), message, { mode: 0o600 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return err({ code: 'UNAVAILABLE', text: `not written: ${code}` })
  }
  const file = path.join(FOLDER, name)
  log().info({ job: 'mail', file }, `A mail is in ${file}.`)
  return ok(null)
}

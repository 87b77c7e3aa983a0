import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { root } from '../../scripts/setup/root.ts'

const FOLDER = join(root, '.data', 'mail')

/** Waits for the newest mail of a kind to an address. @returns its text, in which long lines are whole again */
export async function readMail(kind: string, email: string): Promise<string> {
  let mail: string | undefined
  await expect
    .poll(async () => {
      mail = (await mailsOf(kind)).find((text) => text.includes(`\r\nTo: ${email}\r\n`))
      return mail
    })
    .toBeDefined()
  return String(mail)
}

/** Newest first. */
async function mailsOf(kind: string): Promise<string[]> {
  const names = (await readdir(FOLDER).catch(() => [])).filter((name) => name.includes(`-${kind}-`))
  const texts = names
    .sort()
    .reverse()
    .map((name) => readFile(join(FOLDER, name), 'utf8'))
  // Quoted-printable (RFC 2045, 6.7), as far as links need it.
  return (await Promise.all(texts)).map((text) => text.replaceAll('=\r\n', '').replaceAll('=3D', '='))
}

export function linksIn(mail: string): string[] {
  return [...new Set(mail.match(/https?:\/\/[^\s"<]+/g))]
}

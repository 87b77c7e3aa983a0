import { derivedKeys } from '#lib/gate/signing-keys.ts'

const KEY_INFO = 'taskward mail v1'
const IV_BYTES = 12

/** What the recipient gets. */
export type MailContent = { subject: string; text: string; html: string }
export type AddressedMail = MailContent & { to: string }

/** AES-256-GCM under a key derived from `JWT_SECRET`, because a mail holds a secret. @param id of the row, which the seal is bound to */
export async function sealMail(mail: AddressedMail, id: string): Promise<Uint8Array<ArrayBuffer>> {
  const [newest] = await derivedKeys(KEY_INFO, 'seal')
  if (!newest) throw new Error('JWT_SECRET holds no secret')
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const { to, subject, text, html } = mail
  const content = encode(JSON.stringify({ to, subject, text, html }))
  const encrypted = await crypto.subtle.encrypt(parameters(iv, id), newest, content)
  return new Uint8Array([...iv, ...new Uint8Array(encrypted)])
}

/** @returns null if `JWT_SECRET` has lost the secret, or row or content differ */
export async function openMail(sealed: Uint8Array<ArrayBuffer>, id: string): Promise<AddressedMail | null> {
  const [iv, content] = [sealed.subarray(0, IV_BYTES), sealed.subarray(IV_BYTES)]
  for (const key of await derivedKeys(KEY_INFO, 'seal')) {
    const opened = await crypto.subtle.decrypt(parameters(iv, id), key, content).catch(() => null)
    if (opened) return JSON.parse(new TextDecoder().decode(opened))
  }
  return null
}

function parameters(iv: Uint8Array<ArrayBuffer>, id: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: encode(id) }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

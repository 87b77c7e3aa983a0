import { trimInvisible } from '#lib/visible-text.ts'
import { CREDENTIAL_MAX_LENGTH } from './policy.ts'

const EMAIL_MAX_LENGTH = 254

// RFC 5321 dot-atom in ASCII. Without the `i` flag, and tested before lower-casing: the Kelvin sign U+212A is no "k".
const LOCAL_PART = /^(?=.{1,64}$)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const UNICODE_DOMAIN = /^[A-Za-z0-9.\-\P{ASCII}]+$/u
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
// At least two labels, and no IPv4 address.
const ASCII_DOMAIN = new RegExp(`^(?:${LABEL}\\.)+(?!\\d+$)${LABEL}$`)

/** ASCII form (UTS 46). */
function toAsciiDomain(domain: string): string | null {
  const url = `http://${domain}`
  // The pattern first: a URL also accepts a port, a path, an escape or another host after "@".
  if (!UNICODE_DOMAIN.test(domain) || !URL.canParse(url)) return null
  const { hostname } = new URL(url)
  return ASCII_DOMAIN.test(hostname) ? hostname : null
}

/** Narrower than RFC 5322 (docs/decisions/0009-email-addresses.md). Null for an invalid address. */
export function normaliseEmail(text: string): string | null {
  // The length of the untrimmed text, because trimming takes time per character.
  if (text.length > CREDENTIAL_MAX_LENGTH || !text.isWellFormed() || /[\r\n]/.test(text)) return null
  // With a "%" the text may be an escaped link, or an address in which "%" is an ordinary character.
  const address = trimInvisible(trimInvisible(text).replace(/^mailto:(?!.*%)/i, '')).replaceAll(
    /[＠﹫]/g,
    '@',
  )
  const at = address.lastIndexOf('@')
  const localPart = address.slice(0, at)
  if (address.length > EMAIL_MAX_LENGTH || at < 0 || !LOCAL_PART.test(localPart)) return null
  const domain = toAsciiDomain(address.slice(at + 1))
  const email = `${localPart.toLowerCase()}@${domain}`
  return domain && email.length <= EMAIL_MAX_LENGTH ? email : null
}

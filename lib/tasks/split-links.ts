export type TextPart = { text: string; href?: string }

/** Ends at white space, quotes, angle brackets and invisible characters. */
const CANDIDATE = /https?:\/\/[^\s<>"“”\p{Cf}]+/giu
/** What ends a sentence rather than an address. */
const PUNCTUATION = ".,;:!?'’*_~…"
const OPENING: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

/** Splits a text at its http and https addresses, in linear time. The parts are the whole text. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(CANDIDATE)) {
    const address = trimEnd(found)
    if (!URL.canParse(address)) continue
    if (index > end) parts.push({ text: text.slice(end, index) })
    parts.push({ text: address, href: new URL(address).href })
    end = index + address.length
  }
  if (end < text.length) parts.push({ text: text.slice(end) })
  return parts
}

/** A closing bracket belongs to the address if it has the opening one. */
function trimEnd(found: string): string {
  const surplus: Record<string, number> = {}
  for (const [closing, opening] of Object.entries(OPENING)) {
    surplus[closing] = count(found, closing) - count(found, opening)
  }
  let end = found.length
  while (end > 0) {
    const last = found.charAt(end - 1)
    if ((surplus[last] ?? 0) > 0) surplus[last] = (surplus[last] ?? 0) - 1
    else if (!PUNCTUATION.includes(last)) break
    end--
  }
  return found.slice(0, end)
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

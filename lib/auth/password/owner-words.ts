export type PasswordOwner = { email: string; name: string | null }

const MIN_LENGTH = 3
/** Bounds zxcvbn's work. It finds a longer name by its beginning. */
const MAX_LENGTH = 24
const MAX_WORDS = 24

/** Removes width and accents. It also replaces `_`, because zxcvbn would find the `__proto__` of its objects. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})[\u0300-\u036f]+/gu, '$1')
    .normalize('NFKC')
    .replaceAll('_', '-')
}

export function listOwnerWords({ email, name }: PasswordOwner): string[] {
  const at = email.lastIndexOf('@')
  const texts = [email.slice(0, at), name ?? '', email.slice(at + 1)]
  const words = texts.flatMap((text) => {
    const parts = foldText(text)
      .toLowerCase()
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter(Boolean)
    const letters = parts.map((part) => part.replace(/\p{N}+/gu, ''))
    const [first = '', last = first] = [letters[0], letters.at(-1)]
    const pairs = letters.map((part, i) => part + (letters[i + 1] ?? first))
    return [...parts, ...letters, ...pairs, parts.join(''), letters.join(''), first.charAt(0) + last]
  })
  const usable = words.filter(({ length }) => length >= MIN_LENGTH).map((word) => word.slice(0, MAX_LENGTH))
  const few = [...new Set(usable)].slice(0, MAX_WORDS)
  return few.flatMap((word) => [word, [...word].reverse().join('')])
}

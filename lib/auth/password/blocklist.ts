import { dictionary } from '@zxcvbn-ts/language-common'

let common: Set<string> | undefined

/** Compares with about 49,000 common passwords (ASVS 6.2.4) in any case and width, forwards and backwards. */
export function isCommonPassword(password: string): boolean {
  common ??= new Set(dictionary['passwords-common'])
  const folded = password.normalize('NFKC').toLowerCase()
  return common.has(folded) || common.has([...folded].reverse().join(''))
}

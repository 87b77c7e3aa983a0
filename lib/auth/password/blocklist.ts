import { dictionary } from '@zxcvbn-ts/language-common'

let common: Set<string> | undefined

/** True for the some 49,000 most common passwords (ASVS 6.2.4), in whatever case or width, and spelt backwards. */
export function isCommonPassword(password: string): boolean {
  common ??= new Set(dictionary['passwords-common'])
  const folded = password.normalize('NFKC').toLowerCase()
  return common.has(folded) || common.has([...folded].reverse().join(''))
}

// Without zod, because fields read text in the browser, too.

export const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u
const SPACE = /[\p{White_Space}\p{Z}]/u

/** Whether a reader can see anything of a text. */
export function isVisible(text: string): boolean {
  return [...text].some(isSeen)
}

/** Copied text often has spaces and invisible characters at its ends. */
export function trimInvisible(text: string): string {
  const characters = [...text]
  const first = characters.findIndex(isSeen)
  return first < 0 ? '' : characters.slice(first, characters.findLastIndex(isSeen) + 1).join('')
}

function isSeen(character: string): boolean {
  return !INVISIBLE.test(character) && !SPACE.test(character)
}

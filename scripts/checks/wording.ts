/** Words that docs/style.md rejects, as they stand alone in a text. */
const WORDS =
  /\b(tell|tells|told|telling|look|looks|looked|looking|hear|hears|heard|say|says|said|saying|stand|stands|stood|standing|away|living|go on|goes on|going on|went on|good for|deed|deeds|beside|of ours|somebody|nobody|whoever|whomever|people|he|his|him|himself|she|hers|her|herself|any more|of others|at once)\b/giu

const NAMES = /\b(?:say|tell|told)(?=[A-Z])\w*|\w*[a-z](?:Told|Away|Deeds?|Living|Says?)\b/g

/** Documents that readers of this repository do not have. */
const FOREIGN_DOCUMENTS =
  /\((?:design|contract|recipes) ?[\d.]*|\b[Dd]esign \d|\b[Cc]ontract \d|(?<![\w/-])(?:style|look|tasks|design|contract)\.md\b/g

export type ProperUse = { file: RegExp; text: string; reason: string }

/** Reports rejected words as `file:line: word`. */
export function findViolations(file: string, text: string, properUses: readonly ProperUse[]): string[] {
  const allowed = properUses.filter((use) => use.file.test(file)).map((use) => use.text)
  return text.split('\n').flatMap((line, index) => {
    const checked = allowed.reduce((rest, use) => rest.replaceAll(use, ''), line)
    const found = [WORDS, NAMES, FOREIGN_DOCUMENTS].flatMap((pattern) => checked.match(pattern) ?? [])
    return found.map((word) => `${file}:${index + 1}: ${word}`)
  })
}

import { dirname, posix } from 'node:path'

const FENCE = /^```[\s\S]*?^```$/gm
const LINK = /\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g
const CODE = /`([^`\n]+)`/g
const PATH = /^(?:app|components|docs|e2e|lib|prisma|scripts)\/[\w./()[\]-]*[\w/)\]]$/

/** @returns the anchors of a document's headings, as GitHub forms them */
export function anchorsOf(text: string): string[] {
  const headings = text.replace(FENCE, '').match(/^#+ .+$/gm) ?? []
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** @returns the targets of a document's links into this repository, from its root, with their anchors */
export function linksOf(file: string, text: string): { path: string; anchor: string | undefined }[] {
  const targets = [...text.replace(FENCE, '').matchAll(LINK)].map(([, link, source]) => link ?? source ?? '')
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#')
      return { path: path ? posix.join(dirname(file), path) : file, anchor }
    })
}

/** @returns the paths of this repository that a document names in backticks */
export function pathsOf(text: string): string[] {
  const code = [...text.replace(FENCE, '').matchAll(CODE)].flatMap(([, words = '']) => words.split(' '))
  return code.map((word) => word.replace(/[:,]\d*$/, '')).filter((word) => PATH.test(word))
}

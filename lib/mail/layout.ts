import { nodeEnv } from '#lib/env/node.ts'
import { escapeHtml } from '#lib/escape-html.ts'
import type { MailContent } from './seal-mail.ts'

/** A link below `APP_URL`: no request's host and no value can become the target. */
type Button = { button: string; path: `/${string}`; query?: Record<string, string> }
/** Rows of a name and a value, such as "When" and "Device". */
type Facts = { facts: Record<string, string> }
/** A paragraph, a button or facts. */
export type Block = string | Button | Facts

/** Control characters would end a line, or a header. The others change the direction of the text around them. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu

const COLOURS = {
  paper: ['#fbfaf8', '#16191f'],
  surface: ['#ffffff', '#1d2128'],
  ink: ['#22262e', '#e9e8e3'],
  quiet: ['#5d626b', '#a8acb4'],
  accent: ['#0b6e4f', '#6cc3a0'],
  onAccent: ['#ffffff', '#10231b'],
} as const
const FONT = "font-family:system-ui,-apple-system,'Segoe UI',sans-serif"

/** Writes one mail twice, as text and as HTML. Every text may hold what a user typed. */
export function layout({ subject, blocks }: { subject: string; blocks: Block[] }): MailContent {
  const { host } = nodeEnv().appUrl
  const footer = `Taskward sent this email because of an account at ${host}.`
  return {
    subject: oneLine(subject),
    text: inAscii(`${[...blocks.map(toText), `-- \n${footer}`].join('\n\n')}\n`),
    html: page(subject, [...blocks.map(toHtml), small(footer)]),
  }
}

function toText(block: Block): string {
  if (typeof block === 'string') return oneLine(block)
  if ('facts' in block)
    return factsOf(block)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')
  return `${oneLine(block.button)}:\n${urlOf(block)}`
}

function toHtml(block: Block): string {
  if (typeof block === 'string') return `<p style="margin:0 0 16px">${toHtmlText(block)}</p>`
  if ('facts' in block) {
    const rows = factsOf(block).map(
      ([name, value]) =>
        `<tr><th scope="row" align="left" valign="top" class="quiet" style="color:${COLOURS.quiet[0]};font-weight:400;padding:2px 16px 2px 0">${toHtmlText(name)}</th>` +
        `<td dir="auto" style="padding:2px 0">${toHtmlText(value)}</td></tr>`,
    )
    return `<table style="border-spacing:0;margin:0 0 16px">${rows.join('')}</table>`
  }
  const url = toHtmlText(urlOf(block))
  return (
    `<p style="margin:0 0 16px"><a class="button" href="${url}" style="background:${COLOURS.accent[0]};border-radius:8px;color:${COLOURS.onAccent[0]};display:inline-block;font-weight:500;padding:12px 20px;text-decoration:none">${toHtmlText(block.button)}</a></p>` +
    small(`If the button does not work, open this address: ${urlOf(block)}`)
  )
}

function small(text: string): string {
  return `<p class="quiet" style="color:${COLOURS.quiet[0]};font-size:13px;line-height:20px;margin:0 0 16px;overflow-wrap:anywhere">${toHtmlText(text)}</p>`
}

/** Without pictures. Mail programs that drop the style element show the light colours, which are inline. */
function page(subject: string, sections: string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${toHtmlText(subject)}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .paper { background: ${COLOURS.paper[1]} !important; color: ${COLOURS.ink[1]} !important; }
  .surface { background: ${COLOURS.surface[1]} !important; }
  .quiet { color: ${COLOURS.quiet[1]} !important; }
  .button { background: ${COLOURS.accent[1]} !important; color: ${COLOURS.onAccent[1]} !important; }
}
</style>
</head>
<body class="paper" style="background:${COLOURS.paper[0]};color:${COLOURS.ink[0]};${FONT};font-size:16px;line-height:24px;margin:0;padding:24px 12px">
<div role="main" class="surface" style="background:${COLOURS.surface[0]};border-radius:12px;margin:0 auto;max-width:560px;padding:32px 24px 16px">
<h1 style="font-size:21px;font-weight:500;line-height:28px;margin:0 0 16px">${toHtmlText(subject)}</h1>
${sections.join('\n')}
</div>
</body>
</html>
`
}

function urlOf({ path, query }: Button): string {
  const url = new URL(nodeEnv().appUrl)
  url.pathname = path
  url.search = new URLSearchParams(query).toString()
  return url.href
}

function factsOf({ facts }: Facts): [name: string, value: string][] {
  return Object.entries(facts).map(([name, value]) => [oneLine(name), oneLine(value)])
}

function oneLine(text: string): string {
  return text.toWellFormed().replace(UNSAFE, ' ').trim()
}

/** Other quotation marks would make nodemailer encode the text, and a developer could not copy links from the file. */
function inAscii(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replaceAll('…', '...')
}

function toHtmlText(text: string): string {
  return escapeHtml(oneLine(text))
}

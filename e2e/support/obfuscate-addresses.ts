const SCRIPT =
  '<script data-cfasync="false" src="/cdn-cgi/scripts/cloudflare-static/email-decode.min.js"></script>'
const UNTOUCHED = /(<(?:script|style|textarea|title)\b[\s\S]*?<\/(?:script|style|textarea|title)>|<[^>]*>)/
const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g

/** Rewrites a page as Cloudflare's "Email Address Obfuscation" does: emails between tags, and a script at the end. */
export function obfuscateAddresses(html: string): string {
  const parts = html.split(UNTOUCHED)
  const rewritten = parts.map((part, i) => (i % 2 ? part : part.replace(ADDRESS, obfuscate))).join('')
  return rewritten === html ? html : rewritten.replace('</body>', `${SCRIPT}</body>`)
}

/** Cloudflare encodes each byte with XOR by the first one. */
function obfuscate(address: string): string {
  const key = 0x5a
  const bytes = [key, ...Buffer.from(address).map((byte) => byte ^ key)]
  const hex = Buffer.from(bytes).toString('hex')
  return `<span class="__cf_email__" data-cfemail="${hex}">[email&#160;protected]</span>`
}

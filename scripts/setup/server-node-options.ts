/**
 * `NODE_OPTIONS` of the production server. V8 allows 16 MB for young objects by default; with 32 MB the process stays
 * smaller (docs/decisions/0037-hot-reads.md). Options that the operator has set win.
 */
export function serverNodeOptions(): string {
  return ['--max-semi-space-size=32', process.env.NODE_OPTIONS].filter(Boolean).join(' ')
}

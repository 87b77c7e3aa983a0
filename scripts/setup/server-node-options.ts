/**
 * `NODE_OPTIONS` of the production server. In the 16 MB that V8 takes by default, young objects outlive their request
 * under load, and are copied (docs/decisions/0037-hot-reads.md). Options that the operator has set win.
 */
export function serverNodeOptions(): string {
  return ['--max-semi-space-size=32', process.env.NODE_OPTIONS].filter(Boolean).join(' ')
}

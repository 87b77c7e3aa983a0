/** Labels in one text, separated by commas. A backslash keeps a comma or a backslash of a label. */
export function joinLabels(labels: readonly string[]): string {
  return labels.map((label) => label.replace(/[\\,]/g, '\\$&')).join(', ')
}

/** Reads what `joinLabels` writes. Empty labels are left out. */
export function splitLabels(text: string): string[] {
  const labels = text.match(/(?:\\[\s\S]|[^,\\]|\\$)+/g) ?? []
  return labels.map((label) => label.trim().replace(/\\([\\,])/g, '$1')).filter((label) => label !== '')
}

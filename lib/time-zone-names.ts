/** The names that `Intl` still has, with those of today: IANA's file "backward". */
const RENAMED: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}

/** @param name an IANA name, of today or an earlier one */
export function presentName(name: string): string {
  return RENAMED[name] ?? name
}

/** The names of all time zones, with the saved one as it was saved. */
export function listTimeZones(saved: string | null): string[] {
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map(presentName)])
  if (saved) {
    names.delete(presentName(saved))
    names.add(saved)
  }
  return [...names].sort()
}

/** As options of a menu. */
export function timeZoneOptions(names: readonly string[]) {
  return names.map((name) => [name, presentName(name).replaceAll('_', ' ')] as const)
}

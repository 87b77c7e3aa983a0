import { toJson } from '#lib/http/account-data/to-json.ts'
import { downloadData } from '../download-data.ts'

export function GET(): Promise<Response> {
  return downloadData({ extension: 'json', contentType: 'application/json', write: toJson })
}

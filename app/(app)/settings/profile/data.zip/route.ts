import { toZip } from '#lib/http/account-data/to-zip.ts'
import { downloadData } from '../download-data.ts'

export function GET(): Promise<Response> {
  return downloadData({ extension: 'zip', contentType: 'application/zip', write: toZip })
}

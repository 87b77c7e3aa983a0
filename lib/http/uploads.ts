import { UPLOAD_HEADER } from '#lib/gate/internal-headers.ts'

/** A large body, which Next.js does not get (docs/decisions/0064-large-bodies.md). */
export type Upload = { bytes: Buffer; contentType: string }

// Each bundle has its own copy of this module. The uploads belong to the process.
const KEY = Symbol.for('taskward.uploads')
const holder = globalThis as typeof globalThis & { [KEY]?: Map<string, Upload> }

/** Those of requests that are being answered, by the id in their header. */
export function openUploads(): Map<string, Upload> {
  holder[KEY] ??= new Map()
  return holder[KEY]
}

/** The body of a request to a route that takes files. It is there once. */
export async function takeUpload(request: Request): Promise<Upload> {
  const id = request.headers.get(UPLOAD_HEADER) ?? ''
  const upload = openUploads().get(id)
  openUploads().delete(id)
  if (upload) return upload
  const bytes = Buffer.from(await request.arrayBuffer())
  return { bytes, contentType: request.headers.get('content-type') ?? '' }
}

import { err, ok, type Result } from '#lib/result.ts'
import { type FileRefusal, IMPORT_LIMITS } from './errors.ts'

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** The text of a file, without its byte order mark, and its bytes. @returns `FILE_TOO_LARGE`; `FILE_EMPTY`; `FILE_NOT_UTF8` */
export function decodeFile(file: Uint8Array): Result<{ text: string; bytes: Uint8Array }, FileRefusal> {
  if (file.length > IMPORT_LIMITS.bytes) return err({ code: 'FILE_TOO_LARGE' })
  const isMarked = BYTE_ORDER_MARK.every((byte, index) => file[index] === byte)
  const bytes = isMarked ? file.subarray(BYTE_ORDER_MARK.length) : file
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.trim() === '' ? err({ code: 'FILE_EMPTY' }) : ok({ text, bytes })
  } catch {
    return err({ code: 'FILE_NOT_UTF8' })
  }
}

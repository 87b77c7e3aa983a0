import type { FailureMeaning } from '#lib/failure.ts'

/** `parts` are cells and lines, or objects and lists: a file of nothing else would take a gigabyte to read. */
export const IMPORT_LIMITS = { bytes: 10 * 1024 * 1024, rows: 20_000, parts: 1_000_000 }

/** Why a file is not read at all. */
export type FileRefusal = {
  code: Exclude<
    keyof typeof FILE_FAILURES,
    'UPLOAD_NOT_FOUND' | 'FILE_NOT_SENT' | 'FILE_OF_OTHER_ACCOUNT' | 'FILE_OF_OTHER_TYPE'
  >
}

function refusal(text: string): FailureMeaning {
  return { status: 400, publicCode: 'BAD_REQUEST', message: text, text }
}

export const FILE_FAILURES = {
  FILE_EMPTY: refusal('This file is empty.'),
  FILE_NOT_UTF8: refusal(
    'This file is not text in UTF-8. Save it again with that encoding, for example as “CSV UTF-8”.',
  ),
  FILE_NOT_JSON: refusal('This file begins like JSON, but it is not valid JSON.'),
  FILE_UNKNOWN: refusal(
    'We don’t know this kind of file. The first line of a CSV file names its columns: TYPE and CONTENT in one from Todoist, title in one from Taskward.',
  ),
  FILE_WITHOUT_ROWS: refusal('This file has no tasks.'),
  FILE_TOO_MANY_ROWS: refusal(
    'This file has more than 20,000 rows or a million cells. Split it into several files, and import one after another.',
  ),
  FILE_TOO_LARGE: {
    status: 413,
    publicCode: 'PAYLOAD_TOO_LARGE',
    message: 'The file exceeds 10 MB',
    text: 'This file is larger than 10 MB. Split it into several files, and import one after another.',
  },
  FILE_OF_OTHER_TYPE: {
    status: 415,
    publicCode: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Send a file with Content-Type: text/csv or application/json',
    text: 'Choose a CSV or JSON file.',
  },
  FILE_NOT_SENT: {
    status: 400,
    publicCode: 'BAD_REQUEST',
    message: 'The form has no file',
    text: 'Choose a file first.',
  },
  FILE_OF_OTHER_ACCOUNT: {
    status: 400,
    publicCode: 'BAD_REQUEST',
    message: 'The page of this form belongs to another account',
    text: 'The page that you sent this file from belongs to another account. Nothing was changed. Choose the file again to import it here.',
  },
  UPLOAD_NOT_FOUND: {
    status: 404,
    publicCode: 'NOT_FOUND',
    message: 'There is no such file',
    text: 'This file is no longer here, because an hour has passed or you chose another one. Choose it again.',
  },
} satisfies Record<string, FailureMeaning>

/**
 * The one form in which a password is counted, judged and hashed: NFC (RFC 8265, 4.2; NIST SP 800-63B-4, 3.1.1.2). Two
 * keyboards may write the same letter in different code points. NFC changes nothing else: case, width and spaces count.
 * @param password well-formed and at most `CREDENTIAL_MAX_LENGTH` long, since the time grows with the square of the length
 */
export function normalisePassword(password: string): string {
  return password.normalize('NFC')
}

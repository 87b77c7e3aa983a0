/** A request, byte for byte, and the status of its response. */
export type Exchange = { what: string; request: string; status: number }

const HEAD = 'Host: localhost\r\n'
const EMPTY = 'Content-Length: 0\r\n'

function exchange(what: string, status: number, first: string, headers = '', body = ''): Exchange {
  return { what, status, request: `${first} HTTP/1.1\r\n${HEAD}${headers}\r\n${body}` }
}

/**
 * Requests for every kind of response: from Node.js, which parses requests, from Next.js, which serves files and
 * redirects, from the gate, and from pages and endpoints.
 *
 * @param script the path of a file of the build
 */
export function everyAnswer(script: string): Exchange[] {
  const chunked = 'Transfer-Encoding: chunked\r\n'
  return [
    // Requests that Node.js cannot parse.
    { what: 'garbage', status: 400, request: 'garbage\r\n\r\n' },
    { what: 'a TLS handshake', status: 400, request: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n' },
    { what: 'HTTP/2', status: 400, request: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' },
    { what: 'no host', status: 400, request: 'GET /login HTTP/1.1\r\nX: x\r\n\r\n' },
    exchange('a header without a colon', 400, 'GET /login', 'Bad Header\r\n'),
    exchange('two lengths', 400, 'POST /login', 'Content-Length: 5\r\nContent-Length: 6\r\n'),
    exchange('a length and chunks', 400, 'POST /login', `Content-Length: 5\r\n${chunked}`),
    exchange('a transfer encoding without chunks', 400, 'POST /login', 'Transfer-Encoding: gzip\r\n'),
    exchange('a malformed chunk', 400, 'POST /login', chunked, 'zz\r\nabc\r\n'),
    exchange('a malformed chunk for the API', 400, 'POST /api/auth/login', chunked, 'zz\r\nabc\r\n'),
    exchange('a long chunk extension', 413, 'POST /login', chunked, `2;${'x'.repeat(20_000)}\r\nab\r\n`),
    exchange('too many cookies', 431, 'GET /tasks', `Cookie: ${'x'.repeat(20_000)}\r\n`),
    exchange('far too many cookies', 431, 'GET /tasks', `Cookie: ${'x'.repeat(200_000)}\r\n`),
    exchange('too many cookies for the API', 431, 'GET /api/me/tasks', `Cookie: ${'x'.repeat(20_000)}\r\n`),
    exchange('a long address', 431, `GET /${'x'.repeat(20_000)}`),
    exchange('an expectation', 417, 'POST /login', `Expect: x\r\n${EMPTY}`),
    exchange('a tunnel', 405, 'CONNECT example.org:443'),
    // Requests that the server rejects before Next.js receives them.
    exchange('a large form', 413, 'POST /login', 'Content-Length: 10485760\r\n'),
    exchange('a large body', 413, 'POST /api/auth/login', 'Content-Length: 10485760\r\n'),
    exchange('a POST to a file', 405, `POST ${script}`, EMPTY),
    exchange('a PUT to a file', 405, `PUT ${script}`, EMPTY),
    exchange('a preflight for a file', 405, `OPTIONS ${script}`),
    // Responses of Next.js itself.
    exchange('a file', 200, `GET ${script}`),
    exchange('the headers of a file', 200, `HEAD ${script}`),
    exchange('an unchanged file', 304, `GET ${script}`, 'If-None-Match: *\r\n'),
    exchange('a range beyond the end of a file', 200, `GET ${script}`, 'Range: bytes=99999999-\r\n'),
    exchange('another version of a file', 200, `GET ${script}`, 'If-Match: "x"\r\n'),
    exchange('a missing file', 404, 'GET /_next/static/x.js'),
    exchange('a file with an unreadable name', 404, 'GET /_next/static/%'),
    exchange('a folder', 404, 'GET /_next/static/chunks'),
    exchange('a trailing slash', 308, 'GET /login/'),
    exchange('two slashes', 308, 'GET //login'),
    exchange('only slashes', 308, 'GET //'),
    exchange('a resized image', 404, 'GET /_next/image?url=%2Ficon.svg&w=64&q=75'),
    exchange('the data of a page', 404, 'GET /_next/data/x/tasks.json'),
    exchange('a reload channel', 404, 'GET /_next/webpack-hmr'),
    exchange('an upgrade', 200, 'GET /login', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'),
    { what: 'HTTP/1.0 without a host', status: 200, request: 'GET /login HTTP/1.0\r\n\r\n' },
    { what: 'a malformed host', status: 200, request: 'GET /login HTTP/1.1\r\nHost: a b\r\n\r\n' },
    // Responses of the gate.
    exchange('an unreadable path', 404, 'GET /%'),
    exchange('an absolute target', 200, 'GET http://elsewhere.example/login'),
    exchange('the options of the server', 404, 'OPTIONS *'),
    exchange('a missing page', 404, 'GET /nothing'),
    exchange('a form to a missing page', 404, 'POST /nothing', EMPTY),
    exchange('a private page without a session', 303, 'GET /tasks'),
    exchange('an unsupported method for a page', 405, 'PUT /login', EMPTY),
    exchange('TRACE', 405, 'TRACE /login'),
    exchange('an unsupported method for a file', 405, 'PUT /icon.svg', EMPTY),
    exchange(
      'a form from a foreign origin',
      403,
      'POST /login',
      `Origin: https://elsewhere.example\r\n${EMPTY}`,
    ),
    exchange('a form from another port', 403, 'POST /login', `Origin: http://localhost\r\n${EMPTY}`),
    exchange('a private endpoint without a token', 401, 'GET /api/me/tasks'),
    // Responses of pages, files and endpoints.
    exchange('a page', 200, 'GET /login'),
    exchange('the start page', 200, 'GET /'),
    exchange('an image', 200, 'GET /icon.svg'),
    exchange('a file for programs', 404, 'GET /.well-known/security.txt'),
    exchange('an endpoint', 200, 'GET /api/health'),
  ]
}

const FOREIGN = 'Origin: https://app.example\r\nAccess-Control-Request-Method: GET\r\n'

/** Preflights for different spellings of paths. None is redirected, because browsers would fail. */
export const PREFLIGHTS: Exchange[] = [
  ...[
    '/api/auth/me',
    '/api/auth/me/',
    '//api/auth/me',
    '/api//auth/me',
    '/api\\auth/me',
    '/api/nothing/',
  ].map((path) => exchange(path, 204, `OPTIONS ${path}`, FOREIGN)),
  ...['/', '//', '/login', '/login/', '//login', '/tasks', '/tasks/', '/icon.svg/', '/icon.svg'].map((path) =>
    exchange(path, 405, `OPTIONS ${path}`, FOREIGN),
  ),
  exchange('/nothing/', 404, 'OPTIONS /nothing/', FOREIGN),
]

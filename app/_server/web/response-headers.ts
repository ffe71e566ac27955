/**
 * The security headers of every answer, by path. Pages get a policy with a nonce of their own;
 * scripts get the one that holds inside a worker started from them; anything else may load nothing.
 * It must never allow another origin.
 */
export type HeaderPairs = readonly (readonly [name: string, value: string])[]

const ALWAYS: HeaderPairs = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  [
    'Permissions-Policy',
    'camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), geolocation=(), payment=(), usb=(), browsing-topics=()',
  ],
]

/** Policy of a page. A development build evaluates code, for React's stack traces. */
function pagePolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ')
}

/** Policy inside a worker: a script's own header counts only for a worker that starts from it. */
function workerPolicy(development: boolean): string {
  const evaluate = development ? " 'unsafe-eval'" : ''
  return `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'${evaluate}; connect-src 'self'`
}

const NOTHING = "default-src 'none'; frame-ancestors 'none'"

function isFile(path: string): boolean {
  return path.startsWith('/_next/') || path.startsWith('/models/')
}

/** What a request asks for, as far as headers go. */
export function kindOfPath(path: string): 'page' | 'worker-script' | 'other' {
  if (path.startsWith('/_next/static/') && path.endsWith('.js')) return 'worker-script'
  if (path.startsWith('/models/vision/') && /\.m?js$/.test(path)) return 'worker-script'
  return path.startsWith('/api/') || isFile(path) ? 'other' : 'page'
}

/** The content security policy for `path`. */
export function policyFor(path: string, nonce: string, development: boolean): string {
  switch (kindOfPath(path)) {
    case 'page':
      return pagePolicy(nonce, development)
    case 'worker-script':
      return workerPolicy(development)
    case 'other':
      return NOTHING
  }
}

/** Every header to set on the answer to a request for `path`. */
export function responseHeaders(path: string, nonce: string, development: boolean): HeaderPairs {
  return [...ALWAYS, ['Content-Security-Policy', policyFor(path, nonce, development)]]
}

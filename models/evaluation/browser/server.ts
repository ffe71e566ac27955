/**
 * Serves the evaluation page, the model files and the pictures of one set to the browser beside it, on loopback alone,
 * under the same restrictions as the product's pages. It must never answer for a file that is none of these.
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { servedUrl } from '../../../app/_server/web/expression-model.ts'
import type { ExpressionModel } from '../../../app/_server/web/expression-model.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
}

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'"

/** What to serve. */
export interface Served {
  /** Folder of the built page. */
  readonly page: string
  /** Folder served under `/models/`. */
  readonly models: string
  /** The expression model to answer with. */
  readonly model: ExpressionModel
  /** Folder served under `/peers/`, for comparisons. */
  readonly peers?: string
  /** Bytes of picture number `index`; null when there is none. */
  readonly picture: (index: number) => Promise<Buffer | null>
}

/** A running server. */
export interface PageServer {
  readonly origin: string
  close(): void
}

function fileOf(path: string, served: Served): string | null {
  const places: readonly (readonly [string, string | undefined])[] = [
    ['/models/', served.models],
    ['/peers/', served.peers],
    ['/', served.page],
  ]
  const [prefix, folder] = places.find(([start]) => path.startsWith(start)) ?? []
  if (prefix === undefined || folder === undefined) return null
  const file = normalize(join(folder, path.slice(prefix.length)))
  return file.startsWith(normalize(folder) + sep) ? file : null
}

async function contentOf(path: string, served: Served): Promise<Buffer | null> {
  const picture = /^\/picture\/(\d+)$/.exec(path)
  if (picture !== null) return served.picture(Number(picture[1]))
  const file = fileOf(path, served)
  return file === null ? null : readFile(file).catch(() => null)
}

async function answer(request: IncomingMessage, response: ServerResponse, served: Served) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const asked = servedUrl(decodeURIComponent(pathname), served.model)
  const content = await contentOf(asked, served)
  response.writeHead(content === null ? 404 : 200, {
    'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  })
  response.end(content)
}

/** Starts the server on a free port of loopback. */
export async function servePage(served: Served): Promise<PageServer> {
  const server = createServer((request, response) => {
    answer(request, response, served).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has a port')
  return {
    origin: `http://localhost:${address.port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

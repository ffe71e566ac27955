/** The service as code outside a browser speaks to it. */
import { createWireCall, type WireCall } from '../../app/_wire/client.ts'
import { routes } from '../../app/_wire/routes.ts'

/** Speaks to the service as one browser does: its origin, its cookies. */
export class Visitor {
  readonly call: WireCall
  readonly #origin: string
  readonly #cookies = new Map<string, string>()

  constructor(origin: string) {
    this.#origin = origin
    this.call = createWireCall((input, init) => this.fetch(input, init), routes)
  }

  readonly fetch = async (
    input: string | URL | Request,
    init: RequestInit = {},
  ): Promise<Response> => {
    if (input instanceof Request) throw new TypeError('give a path')
    const headers = new Headers(init.headers)
    headers.set('origin', this.#origin)
    headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(new URL(input, this.#origin), { ...init, headers })
    for (const text of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (text.split(';')[0] ?? '').split('=')
      this.#cookies.set(name, value)
    }
    return response
  }
}

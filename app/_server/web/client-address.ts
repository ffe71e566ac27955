/**
 * Where a request comes from. Forwarding headers count only from the addresses in TRUST_PROXY;
 * anyone else could write them. It decides nothing: limits and the set-up code rest on its answer.
 */
import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** The parts of a request that tell its origin. */
export interface RequestOrigin {
  readonly remoteAddress: string | undefined
  readonly forwardedFor: string | undefined
  /** Any header by which a proxy shows itself. */
  readonly throughProxy: boolean
}

export interface ClientAddress {
  readonly address: string
  /** Straight from this machine, through no proxy that shows itself. */
  readonly local: boolean
}

/** `::ffff:10.0.0.1` is 10.0.0.1. */
function plain(address: string): string {
  return /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice('::ffff:'.length) : address
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

/** Parses TRUST_PROXY: addresses and networks (`10.0.0.0/8`), separated by commas. Throws RangeError. */
export function parseTrustedProxies(text: string): BlockList {
  const list = new BlockList()
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue
    const [address = '', prefix] = entry.split('/')
    if (isIP(address) === 0) throw new RangeError(`not an address: ${entry}`)
    if (prefix === undefined) list.addAddress(address, family(address))
    else if (/^\d{1,3}$/.test(prefix)) list.addSubnet(address, Number(prefix), family(address))
    else throw new RangeError(`not a network: ${entry}`)
  }
  return list
}

function includes(list: BlockList, address: string): boolean {
  return isIP(address) !== 0 && list.check(address, family(address))
}

/** The addresses of this machine itself. */
export function ownAddresses(): ReadonlySet<string> {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return new Set(['127.0.0.1', '::1', ...all.map((entry) => entry.address)])
}

/**
 * The client's address: the connection's own, or, where that is a trusted proxy, the last address
 * of X-Forwarded-For that is not one.
 */
export function clientAddress(
  origin: RequestOrigin,
  trusted: BlockList,
  own: ReadonlySet<string>,
): ClientAddress {
  const direct = plain(origin.remoteAddress ?? '')
  if (!includes(trusted, direct)) {
    const local = own.has(direct) || direct.startsWith('127.')
    return { address: direct, local: local && !origin.throughProxy }
  }
  const hops = (origin.forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()))
  const client = hops.reverse().find((hop) => isIP(hop) !== 0 && !includes(trusted, hop))
  return { address: client ?? direct, local: false }
}

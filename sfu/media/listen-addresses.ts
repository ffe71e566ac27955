/**
 * Where media ports are opened and which addresses browsers are told: either the one announced
 * address, or loopback and every address of this machine, so that a class works on one machine, in
 * one room and on one network with nothing configured.
 */
import { isIPv6 } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import type { types } from 'mediasoup'

export interface ListenOptions {
  announcedAddress: string | null
  listenAddress: string | null
  /** As `os.networkInterfaces()` gives them. */
  interfaces: Readonly<Record<string, NetworkInterfaceInfo[] | undefined>>
}

/**
 * The sockets of one worker.
 *
 * @param port the UDP and TCP port
 */
export function listenInfos(options: ListenOptions, port: number): types.TransportListenInfo[] {
  return listenAddresses(options).flatMap((address) => [
    { protocol: 'udp' as const, port, ...address },
    { protocol: 'tcp' as const, port, ...address },
  ])
}

function listenAddresses(options: ListenOptions): { ip: string; announcedAddress?: string }[] {
  const { announcedAddress, listenAddress } = options
  if (announcedAddress !== null) {
    const everywhere = isIPv6(announcedAddress) ? '::' : '0.0.0.0'
    return [{ ip: listenAddress ?? everywhere, announcedAddress }]
  }
  if (listenAddress !== null) return [{ ip: listenAddress }]
  const own = Object.values(options.interfaces)
    .flatMap((addresses) => addresses ?? [])
    // A link-local IPv6 address needs a scope that a candidate cannot carry.
    .filter(({ address }) => !address.toLowerCase().startsWith('fe80:'))
    .map(({ address }) => address)
  return [...new Set(['127.0.0.1', ...own])].map((ip) => ({ ip }))
}

/**
 * How every page asks for the session, and the page of a class for what needs no key. It must never carry a secret; those
 * go through the vault.
 */
import { createWireCall } from '../../_wire/client.ts'
import { visitRoutes } from '../../_wire/visit.ts'
import { pageFetch } from './page-fetch.ts'

/** Calls a route of this origin. */
export const callWire = createWireCall(pageFetch, visitRoutes)

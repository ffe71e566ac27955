/**
 * The public entry of the signalling protocol, for both ends of the wire: schemas, types, limits
 * and error codes, and nothing that needs Node or a browser.
 */
export * from './class.ts'
export * from './envelope.ts'
export * from './errors.ts'
export * from './ids.ts'
export * from './limits.ts'
export * from './load.ts'
export * from './media.ts'
export * from './moderation.ts'
export * from './notifications.ts'
export * from './recovery.ts'
export * from './requests.ts'
export * from './talk/index.ts'
export * from './ticket.ts'

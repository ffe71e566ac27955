/** The media worker's finder for plain JavaScript callers; see mediasoup-worker.ts. */
export { findWorker } from './mediasoup-worker.ts'

/**
 * The sizes and rates that both ends of signalling keep to. A browser paces itself by them; the
 * media server enforces them. Nothing here may depend on the environment: both sides must agree.
 */

/** Largest signalling message from a browser, in bytes of UTF-8. */
export const MAX_MESSAGE_BYTES = 65_536

/** A record on the wire, in bytes, whatever it says. */
export const RECORD_BYTES = 256

/** The sender's member id that the media server puts before each record, in bytes. */
export const RECORD_SENDER_BYTES = 16

/** What a teacher's record channel delivers, in bytes: the sender's member id, then the record. */
export const RELAYED_RECORD_BYTES = RECORD_SENDER_BYTES + RECORD_BYTES

/** Records one membership may send in one go; more are dropped, and then go unreceipted. */
export const RECORD_BURST = 64

/** Records a second that a membership may send once the burst is used up. */
export const RECORDS_PER_SECOND = 10

/** Records over the rate after which the record channel is closed as an offence. */
export const RECORD_EXCESS_LIMIT = 500

/** Record channels that may be closed for an offence before a membership is refused a new one. */
export const RECORD_OFFENCE_LIMIT = 3

/** Signalling messages one membership may send in one go. */
export const MESSAGE_BURST = 400

/** Signalling messages a second that a membership may send once the burst is used up. */
export const MESSAGES_PER_SECOND = 50

/**
 * Times that one account may begin to send from a source in one go. Everyone else has to follow each
 * of them; media that is built anew takes one a source.
 */
export const SOURCE_BURST = 24

/** Beginnings a second once the burst is used up. */
export const SOURCES_PER_SECOND = 1

/** Times that one account may switch its sources on again, or let them rest, in one go. */
export const SOURCE_SWITCH_BURST = 40

/** The same a second once the burst is used up. */
export const SOURCE_SWITCHES_PER_SECOND = 4

/** Largest receipt box, in bytes once decoded. */
export const MAX_RECEIPT_BYTES = 16_384

/** Producers of one membership: camera, microphone, screen, screen audio. */
export const MAX_PRODUCERS = 4

/** Consumers of one membership. */
export const MAX_CONSUMERS = 1_000

/** WebRTC transports of one membership: one each way, and one each way while the old ones go. */
export const MAX_TRANSPORTS = 4

/** Memberships of one class. */
export const MAX_MEMBERS = 500

/** Memberships that one account may hold in one class at a time: its devices and tabs. */
export const MAX_MEMBERSHIPS_OF_ACCOUNT = 4

/** Longest name of a person, in UTF-16 code units. */
export const MAX_NAME_LENGTH = 120

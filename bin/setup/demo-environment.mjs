/**
 * The environment of the demo: its school is on this machine and thrown away, so nothing that an
 * installation sets may lead it, or who tries it, anywhere else. Plain JavaScript, as settings.mjs.
 */

/** Settings that name another place, other people's services, what an installation keeps, or how it holds its classes. */
const ELSEWHERE = [
  'PUBLIC_URL',
  'TRUST_PROXY',
  'ANNOUNCED_ADDRESS',
  'SFU_LISTEN_ADDRESS',
  'ATTUNE_DATA',
  'DATABASE_URL',
  'TLS_CERT',
  'TLS_KEY',
  'TURN_URLS',
  'TURN_SECRET',
  'SMTP_URL',
  'SMTP_FROM',
  'SUPPORT_CHAT_URL',
  'SUPPORT_CHAT_KEY',
  'SUPPORT_CHAT_MODEL',
  'METRICS_TOKEN',
  'SFU_TEACHER_ABSENCE',
]

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv} the same without them
 */
export function demoEnvironment(env) {
  const kept = { ...env }
  for (const name of ELSEWHERE) delete kept[name]
  return kept
}

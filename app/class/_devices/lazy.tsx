'use client'

/**
 * The sound check, fetched after what a person needs to join. Its place is kept, so that nothing
 * jumps when it comes.
 */
import dynamic from 'next/dynamic'

/** Noise, speaker, test tone and echo test. */
export const SoundCheck = dynamic(async () => (await import('./sound-check.tsx')).SoundCheck, {
  ssr: false,
  loading: () => <div className="h-66" />,
})

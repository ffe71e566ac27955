/**
 * Work that brings something to a wanted state: runs one at a time, and once more when it was asked
 * for meanwhile. It must never run twice at once.
 */

/**
 * Makes a trigger for `work`. A call while it runs makes it run once more afterwards.
 *
 * @param work brings the thing to the state that is wanted by then
 * @param onError takes what `work` threw; the next trigger runs it anew
 */
export function createSerial(
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  let running = false
  let again = false

  async function run(): Promise<void> {
    running = true
    try {
      do {
        again = false
        await work()
      } while (isAsked())
    } catch (error) {
      onError(error)
    } finally {
      running = false
      if (isAsked()) void run()
    }
  }

  function isAsked(): boolean {
    return again
  }

  return () => {
    if (running) again = true
    else void run()
  }
}

/**
 * Whether a chosen file is a picture or a video that this browser can open, before anybody agreed to have it read. It must
 * keep nothing of it, and never look for a face.
 */
import { openFile } from './open-file.ts'
import { checkVideo } from './sample-video.ts'

/** @throws FileProblem */
export async function checkFile(file: Blob): Promise<void> {
  const opened = await openFile(file)
  if (opened.kind === 'video') await checkVideo(file)
  else opened.bitmap.close()
}

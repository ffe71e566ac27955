-- AlterTable
ALTER TABLE "Course" ADD COLUMN     "schedule" JSONB,
ADD COLUMN     "waitingRoom" TEXT NOT NULL DEFAULT 'off';

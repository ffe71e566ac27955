-- AlterTable
ALTER TABLE "Class" ADD COLUMN     "expiredAt" TIMESTAMPTZ(3);

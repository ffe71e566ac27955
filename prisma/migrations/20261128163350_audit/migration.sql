-- DropIndex
DROP INDEX "AuditEvent_subjectId_at_idx";

-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "ageGroup" TEXT NOT NULL DEFAULT 'unknown';

-- AlterTable: details were words; each becomes what its kind has room for.
ALTER TABLE "AuditEvent" ALTER COLUMN "detail" DROP DEFAULT,
ALTER COLUMN "detail" TYPE JSONB USING CASE "kind"
  WHEN 'role-changed' THEN jsonb_build_object('role', "detail")
  WHEN 'settings-saved' THEN jsonb_build_object('readings', "detail")
  WHEN 'policy-changed' THEN jsonb_build_object('expressionAnalysis', "detail")
  WHEN 'person-changed' THEN jsonb_build_object(
    'schoolAdmin', 'admin' = ANY (string_to_array("detail", ' ')),
    'mayTeach', 'may-teach' = ANY (string_to_array("detail", ' ')),
    'suspended', 'suspended' = ANY (string_to_array("detail", ' ')))
  ELSE '{}'::jsonb END,
ALTER COLUMN "detail" SET DEFAULT '{}';

-- CreateIndex
CREATE INDEX "AuditEvent_subjectId_id_idx" ON "AuditEvent"("subjectId", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_courseId_id_idx" ON "AuditEvent"("courseId", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_actorId_id_idx" ON "AuditEvent"("actorId", "id");

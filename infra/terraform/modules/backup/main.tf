data "aws_caller_identity" "current" {}

locals {
  # Names of buckets are one space for all the world.
  bucket = "${var.name}-backups-${data.aws_caller_identity.current.account_id}"
  lock = {
    mode = var.protected ? "COMPLIANCE" : "GOVERNANCE"
    days = var.retention.lock_days
  }
  lifecycle_days = {
    cold       = var.retention.cold_days
    noncurrent = var.retention.lock_days
  }
}

module "key" {
  source    = "../key"
  name      = "${var.name}/backups"
  purpose   = "Backups of ${var.name}."
  protected = var.protected
}

module "replica_key" {
  source    = "../key"
  providers = { aws = aws.replica }
  name      = "${var.name}/backups"
  purpose   = "Replicas of the backups of ${var.name}."
  protected = var.protected
}

module "bucket" {
  source         = "../bucket"
  name           = local.bucket
  key_arn        = module.key.arn
  lock           = local.lock
  lifecycle_days = local.lifecycle_days
  protected      = var.protected
}

module "replica" {
  source         = "../bucket"
  providers      = { aws = aws.replica }
  name           = "${local.bucket}-replica"
  key_arn        = module.replica_key.arn
  lock           = local.lock
  lifecycle_days = local.lifecycle_days
  protected      = var.protected
}

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::primary" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/replication" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111" }
  }
}

mock_provider "aws" {
  alias = "replica"
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::replica" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-west-1:123456789012:key/22222222-2222-2222-2222-222222222222" }
  }
}

variables {
  name = "sportbuff-test"
}

run "A_backup_can_be_deleted_by_nobody_for_35_days" {
  assert {
    condition     = output.lock.mode == "COMPLIANCE" && output.lock.days == 35
    error_message = "Backups are locked by ${output.lock.mode} for ${output.lock.days} days."
  }
}

run "A_deletion_does_not_reach_the_other_region_and_all_else_does" {
  assert {
    condition     = aws_s3_bucket_replication_configuration.this.rule[0].status == "Enabled" && length(aws_s3_bucket_replication_configuration.this.rule) == 1
    error_message = "Replication is off, or leaves something out."
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_replication_configuration.this.rule : try(length(rule.prefix), 0) == 0 && alltrue([for filter in rule.filter : try(length(filter.prefix), 0) == 0 && length(filter.tag) == 0 && length(filter.and) == 0])])
    error_message = "Replication leaves out what its filter does not name."
  }
  assert {
    condition     = try(aws_s3_bucket_replication_configuration.this.rule[0].source_selection_criteria[0].sse_kms_encrypted_objects[0].status, "") == "Enabled"
    error_message = "Replication leaves out what is encrypted by KMS, which is everything."
  }
  assert {
    condition     = aws_s3_bucket_replication_configuration.this.rule[0].delete_marker_replication[0].status == "Disabled"
    error_message = "A deletion in one region reaches the other."
  }
  assert {
    condition     = aws_s3_bucket_replication_configuration.this.rule[0].destination[0].encryption_configuration[0].replica_kms_key_id == "arn:aws:kms:eu-west-1:123456789012:key/22222222-2222-2222-2222-222222222222"
    error_message = "The replica is not encrypted with the key of its own region."
  }
}

run "Replication_may_read_one_bucket_and_write_the_other_and_delete_nothing" {
  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_role_policy.replication.policy).Statement : alltrue([for action in flatten([statement.Action]) : !strcontains(action, "*") && !strcontains(action, "Delete")])])
    error_message = "Replication may do more than carry."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_role_policy.replication.policy).Statement : alltrue([for resource in flatten([statement.Resource]) : resource != "*"])])
    error_message = "Replication may touch what is not its own."
  }
  assert {
    condition     = { for statement in jsondecode(aws_iam_role_policy.replication.policy).Statement : statement.Sid => statement.Resource if anytrue([for action in flatten([statement.Action]) : startswith(action, "kms:")]) } == { Decrypts = module.key.arn, EncryptsAgain = module.replica_key.arn }
    error_message = "Replication may decrypt with another key than that of the backups, or encrypt with another than that of the replicas."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_role.replication.assume_role_policy).Statement : try(statement.Condition.StringEquals["aws:SourceAccount"], "") == "123456789012"])
    error_message = "The role of replication is had for another account: a condition on aws:SourceAccount is missing."
  }
}

run "A_lock_shorter_than_the_age_of_what_a_drill_restores_is_refused" {
  command = plan
  variables {
    retention = { lock_days = 7, cold_days = 30 }
  }
  expect_failures = [var.retention]
}

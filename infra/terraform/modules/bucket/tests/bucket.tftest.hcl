mock_provider "aws" {}

variables {
  name           = "sportbuff-test"
  key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/1"
  lock           = { mode = "COMPLIANCE", days = 35 }
  lifecycle_days = { cold = 30, noncurrent = 35 }
}

run "Everything_in_a_bucket_is_encrypted_with_its_key_and_versioned" {
  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default[0].kms_master_key_id == var.key_arn
    error_message = "The bucket is not encrypted with the key that it was given."
  }
  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms"
    error_message = "The bucket is not encrypted by KMS."
  }
  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket keeps no versions."
  }
}

run "A_bucket_is_public_to_nobody" {
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "The bucket can become public."
  }
  assert {
    condition     = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "Lists of access can be set beside the policy of the bucket."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement.Effect == "Deny"])
    error_message = "The policy of the bucket lets somebody in; it is there to keep out."
  }
}

run "A_bucket_answers_only_over_TLS_1_2_or_newer" {
  assert {
    condition     = anytrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement.Effect == "Deny" && statement.Principal == "*" && flatten([statement.Action]) == ["s3:*"] && toset(flatten([statement.Resource])) == toset([aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]) && length(statement.Condition) == 1 && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"])
    error_message = "The bucket answers without TLS, to somebody, for one of its actions or objects."
  }
  assert {
    condition     = anytrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement.Effect == "Deny" && statement.Principal == "*" && flatten([statement.Action]) == ["s3:*"] && toset(flatten([statement.Resource])) == toset([aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]) && length(statement.Condition) == 1 && try(statement.Condition.NumericLessThan["s3:TlsVersion"], "") == "1.2"])
    error_message = "The bucket answers over TLS older than 1.2, to somebody, for one of its actions or objects."
  }
}

run "What_is_locked_stays_and_a_bucket_that_holds_something_is_not_destroyed" {
  assert {
    condition     = aws_s3_bucket.this.object_lock_enabled
    error_message = "The bucket was made without a lock; it can't be given one later."
  }
  assert {
    condition     = aws_s3_bucket_object_lock_configuration.this[0].rule[0].default_retention[0].mode == "COMPLIANCE" && aws_s3_bucket_object_lock_configuration.this[0].rule[0].default_retention[0].days == 35
    error_message = "The bucket does not lock what it is given as it was asked to."
  }
  assert {
    condition     = !aws_s3_bucket.this.force_destroy
    error_message = "A protected bucket can be destroyed with all that it holds."
  }
}

run "What_is_still_there_never_goes_by_its_age" {
  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.this.rule) == 1
    error_message = "There are ${length(aws_s3_bucket_lifecycle_configuration.this.rule)} rules of what goes; one is for everything."
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.this.rule : alltrue([for transition in rule.transition : transition.storage_class == "GLACIER_IR"])])
    error_message = "A backup moves to where it can't be read at once: a restore would wait for hours."
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.this.rule : alltrue([for upload in rule.abort_incomplete_multipart_upload : upload.days_after_initiation <= 7]) && length(rule.abort_incomplete_multipart_upload) == 1])
    error_message = "What an upload that was given up has left stays for longer than a week."
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.this.rule : alltrue([for expiration in rule.expiration : coalesce(expiration.days, 0) == 0 && expiration.date == null])])
    error_message = "An object expires by its age: the key of a repository is its oldest object, and with it all backups are lost."
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[0].noncurrent_version_expiration[0].noncurrent_days == 35
    error_message = "What was overwritten or deleted does not stay as long as it was asked to."
  }
}

run "Versions_that_go_before_their_lock_ends_are_refused" {
  command = plan
  variables {
    lock = { mode = "COMPLIANCE", days = 120 }
  }
  expect_failures = [var.lifecycle_days]
}

run "An_unknown_mode_of_locking_is_refused" {
  command = plan
  variables {
    lock = { mode = "SOMETIMES", days = 35 }
  }
  expect_failures = [var.lock]
}

run "A_name_with_dots_is_refused" {
  command = plan
  variables {
    name = "sportbuff.test"
  }
  expect_failures = [var.name]
}

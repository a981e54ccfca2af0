mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  name    = "sportbuff/test"
  purpose = "What the test encrypts."
}

run "A_key_rotates_and_its_deletion_can_be_taken_back_for_30_days" {
  assert {
    condition     = aws_kms_key.this.enable_key_rotation
    error_message = "The key does not rotate."
  }
  assert {
    condition     = try(aws_kms_key.this.rotation_period_in_days <= 365, true)
    error_message = "The key rotates every ${coalesce(aws_kms_key.this.rotation_period_in_days, 0)} days only."
  }
  assert {
    condition     = aws_kms_key.this.is_enabled != false
    error_message = "The key is disabled: nothing can be read that it has encrypted."
  }
  assert {
    condition     = aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The deletion of the key can be taken back for ${aws_kms_key.this.deletion_window_in_days} days only."
  }
}

run "A_key_grants_no_star_action_and_nothing_outside_the_account" {
  assert {
    condition     = alltrue([for statement in jsondecode(aws_kms_key.this.policy).Statement : alltrue([for action in statement.Action : !strcontains(action, "*")])])
    error_message = "The policy of the key grants actions by a star."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_kms_key.this.policy).Statement : try(flatten([statement.Principal.AWS]), []) == ["arn:aws:iam::123456789012:root"]])
    error_message = "The policy of the key grants something to others than the account."
  }
}

run "A_service_uses_a_key_for_this_account_alone_and_a_role_lends_it_to_nobody_but_AWS" {
  variables {
    services = ["logs.eu-central-1.amazonaws.com"]
    users    = ["arn:aws:iam::123456789012:role/one"]
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_kms_key.this.policy).Statement : try(statement.Condition.StringEquals["aws:SourceAccount"], "") == "123456789012" if try(statement.Principal.Service, null) != null])
    error_message = "A service may use the key for another account: a condition on aws:SourceAccount is missing."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_kms_key.this.policy).Statement : try(statement.Condition.Bool["kms:GrantIsForAWSResource"], "") == "true" if contains(statement.Action, "kms:CreateGrant") && statement.Sid != "AdministeredByTheAccount"])
    error_message = "A role may lend the key to anybody: a condition on kms:GrantIsForAWSResource is missing."
  }
}

run "A_name_in_capitals_is_refused" {
  command = plan
  variables {
    name = "Sportbuff"
  }
  expect_failures = [var.name]
}

mock_provider "aws" {}

variables {
  name   = "sportbuff-test"
  issuer = { arn = "arn:aws:iam::123456789012:oidc-provider/issuer", host = "issuer" }
  accounts = {
    backup = {
      namespace       = "data"
      service_account = "backup"
      statements      = [{ sid = "Writes", actions = ["s3:PutObject"], resources = ["arn:aws:s3:::backups/*"] }]
    }
  }
}

run "A_role_is_had_by_one_service_account_of_one_cluster_alone" {
  assert {
    condition     = try(jsondecode(aws_iam_role.this["backup"].assume_role_policy).Statement[0].Condition.StringEquals, {}) == { "issuer:aud" = "sts.amazonaws.com", "issuer:sub" = "system:serviceaccount:data:backup" }
    error_message = "Others than its service account get the role: StringEquals on the token's aud and sub is missing, or names another."
  }
  assert {
    condition     = jsondecode(aws_iam_role.this["backup"].assume_role_policy).Statement[0].Principal == { Federated = "arn:aws:iam::123456789012:oidc-provider/issuer" }
    error_message = "Others than the cluster vouch for who gets the role."
  }
}

run "It_may_do_what_was_asked_for_and_no_more" {
  assert {
    condition     = jsondecode(aws_iam_role_policy.this["backup"].policy).Statement == [{ Sid = "Writes", Effect = "Allow", Action = ["s3:PutObject"], Resource = ["arn:aws:s3:::backups/*"] }]
    error_message = "The role may do something else than was asked for."
  }
}

run "An_action_by_a_star_is_refused" {
  command = plan
  variables {
    accounts = {
      backup = { namespace = "data", service_account = "backup", statements = [{ sid = "All", actions = ["s3:*"], resources = ["arn:aws:s3:::backups/*"] }] }
    }
  }
  expect_failures = [var.accounts]
}

run "A_policy_of_AWS_own_that_is_no_drivers_is_refused" {
  command = plan
  variables {
    accounts = {
      backup = { namespace = "data", service_account = "backup", managed = ["AdministratorAccess"], statements = [] }
    }
  }
  expect_failures = [var.accounts]
}

run "A_resource_by_a_star_without_a_reason_is_refused" {
  command = plan
  variables {
    accounts = {
      backup = { namespace = "data", service_account = "backup", statements = [{ sid = "Reads", actions = ["s3:GetObject"], resources = ["*"] }] }
    }
  }
  expect_failures = [var.everywhere]
}

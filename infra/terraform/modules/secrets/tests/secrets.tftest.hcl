mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111" }
  }
}

variables {
  name = "sportbuff/test"
  secrets = {
    mysql  = ["mysql-root-password", "mysql-replication-password", "mysql-password"]
    redis  = ["redis-password"]
    broker = ["broker-password", "broker-cluster-password"]
  }
  passwords = {
    "mysql/mysql-root-password"        = "1111111111111111111111111111111111111111"
    "mysql/mysql-replication-password" = "2222222222222222222222222222222222222222"
    "mysql/mysql-password"             = "3333333333333333333333333333333333333333"
    "redis/redis-password"             = "4444444444444444444444444444444444444444"
    "broker/broker-password"           = "5555555555555555555555555555555555555555"
    "broker/broker-cluster-password"   = "6666666666666666666666666666666666666666"
  }
}

run "Every_secret_is_encrypted_with_a_key_of_its_own_and_can_be_had_back_for_30_days" {
  assert {
    condition     = length(aws_secretsmanager_secret.this) == 3 && alltrue([for secret in aws_secretsmanager_secret.this : secret.kms_key_id == output.key_arn])
    error_message = "A secret is not encrypted with the key of the secrets."
  }
  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : secret.recovery_window_in_days == 30])
    error_message = "A deleted secret is gone before 30 days are over."
  }
}

run "No_password_is_kept_in_the_state" {
  assert {
    condition     = alltrue([for version in aws_secretsmanager_secret_version.this : version.secret_string == null || version.secret_string == ""])
    error_message = "A password is written by an argument that the state keeps."
  }
}

run "Each_key_has_the_password_that_was_made_for_it" {
  assert {
    condition     = jsondecode(local.written["mysql"]) == { "mysql-root-password" = var.passwords["mysql/mysql-root-password"], "mysql-replication-password" = var.passwords["mysql/mysql-replication-password"], "mysql-password" = var.passwords["mysql/mysql-password"] }
    error_message = "A key of mysql has another password than the one that was made for it."
  }
  assert {
    condition     = length(distinct(flatten([for secret in local.written : values(jsondecode(secret))]))) == 6
    error_message = "Two keys have the same password."
  }
}

run "A_password_that_can_be_guessed_is_refused" {
  command = plan
  variables {
    secrets   = { redis = ["redis-password"] }
    passwords = { "redis/redis-password" = "Tr0ub4dor-and-3" }
  }
  expect_failures = [var.passwords]
}

run "One_password_for_two_keys_is_refused" {
  command = plan
  variables {
    secrets   = { broker = ["broker-password", "broker-cluster-password"] }
    passwords = { "broker/broker-password" = "0123456789012345678901234567890123456789", "broker/broker-cluster-password" = "0123456789012345678901234567890123456789" }
  }
  expect_failures = [var.passwords]
}

run "A_rotation_of_one_secret_leaves_the_others" {
  variables {
    rotation = { mysql = 2 }
  }
  assert {
    condition     = aws_secretsmanager_secret_version.this["mysql"].secret_string_wo_version == 2 && aws_secretsmanager_secret_version.this["redis"].secret_string_wo_version == 1
    error_message = "A rotation of mysql does not reach it alone."
  }
}

run "A_rotation_of_what_is_not_there_is_refused" {
  command = plan
  variables {
    rotation = { mongodb = 2 }
  }
  expect_failures = [var.rotation]
}

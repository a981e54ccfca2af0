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
    "mysql/mysql-root-password"        = "1"
    "mysql/mysql-replication-password" = "2"
    "mysql/mysql-password"             = "3"
    "redis/redis-password"             = "4"
    "broker/broker-password"           = "5"
    "broker/broker-cluster-password"   = "6"
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

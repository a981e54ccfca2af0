mock_provider "aws" {}

variables {
  name     = "sportbuff-test"
  vpc_id   = "vpc-1"
  subnets  = { a = "subnet-a", b = "subnet-b", c = "subnet-c" }
  clients  = { a = "10.20.0.0/19", b = "10.20.32.0/19", c = "10.20.64.0/19" }
  key_arn  = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111"
  server   = { version = "8.4", instance_class = "db.m7g.large", disk_gib = 100, disk_max_gib = 500 }
  password = "0123456789012345678901234567890123456789"
}

run "Its_disk_and_its_connections_are_encrypted" {
  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.kms_key_id == var.key_arn
    error_message = "The disk is not encrypted with the key it was given."
  }
  assert {
    condition     = one([for setting in aws_db_parameter_group.this.parameter : setting.value if setting.name == "require_secure_transport"]) == "1" && aws_db_instance.this.parameter_group_name == aws_db_parameter_group.this.name
    error_message = "It lets clients in that do not speak TLS."
  }
}

run "Nobody_but_nodes_and_pods_reaches_it" {
  assert {
    condition     = !aws_db_instance.this.publicly_accessible
    error_message = "It has a public address."
  }
  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.mysql : rule.cidr_ipv4]) == toset(values(var.clients)) && alltrue([for rule in aws_vpc_security_group_ingress_rule.mysql : rule.from_port == 3306 && rule.to_port == 3306])
    error_message = "Others than the nodes and pods reach it, or more than its port."
  }
}

run "It_survives_a_zone_and_a_mistake" {
  assert {
    condition     = aws_db_instance.this.multi_az
    error_message = "It stands in one zone."
  }
  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot && !aws_db_instance.this.delete_automated_backups
    error_message = "It, or its backups, can be deleted by mistake."
  }
  assert {
    condition     = aws_db_instance.this.backup_retention_period == 35
    error_message = "A moment can't be restored for 35 days."
  }
}

run "What_it_has_confirmed_is_on_the_disk" {
  assert {
    condition     = alltrue([for name in ["innodb_flush_log_at_trx_commit", "sync_binlog"] : one([for setting in aws_db_parameter_group.this.parameter : setting.value if setting.name == name]) == "1"])
    error_message = "A commit is confirmed before it is on the disk."
  }
}

run "Its_password_is_not_in_the_state" {
  assert {
    condition     = aws_db_instance.this.password == null || aws_db_instance.this.password == ""
    error_message = "The password is written by an argument that the state keeps."
  }
}

run "It_says_what_it_does_and_changes_when_it_is_told_to" {
  assert {
    condition     = aws_db_instance.this.enabled_cloudwatch_logs_exports == toset(["error", "slowquery"])
    error_message = "Its logs of errors and of slow queries are not exported."
  }
  assert {
    condition     = aws_db_instance.this.apply_immediately != true && !aws_db_instance.this.auto_minor_version_upgrade
    error_message = "It restarts in the middle of the day for a change, or for a version that nobody has tried."
  }
}

run "A_password_that_can_be_guessed_is_refused" {
  command = plan
  variables {
    password = "sportbuff-sportbuff-2026"
  }
  expect_failures = [var.password]
}

run "Backups_shorter_than_the_age_of_what_a_drill_restores_are_refused" {
  command = plan
  variables {
    backup_days = 7
  }
  expect_failures = [var.backup_days]
}

run "All_addresses_are_refused" {
  command = plan
  variables {
    clients = { a = "0.0.0.0/0" }
  }
  expect_failures = [var.clients]
}

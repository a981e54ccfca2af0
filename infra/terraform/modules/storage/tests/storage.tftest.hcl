mock_provider "aws" {}

variables {
  name    = "sportbuff-test"
  vpc_id  = "vpc-1"
  subnets = { a = "subnet-a", b = "subnet-b", c = "subnet-c" }
  clients = { a = "10.20.0.0/19", b = "10.20.32.0/19", c = "10.20.64.0/19" }
  key_arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111"
}

run "The_brokers_store_is_encrypted_and_there_in_each_zone" {
  assert {
    condition     = aws_efs_file_system.this.encrypted && aws_efs_file_system.this.kms_key_id == var.key_arn
    error_message = "The file system is not encrypted with the key it was given."
  }
  assert {
    condition     = length(aws_efs_mount_target.this) == 3
    error_message = "The file system is not there in each zone."
  }
}

run "Nobody_but_nodes_and_pods_reaches_it" {
  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.nfs : rule.cidr_ipv4]) == toset(values(var.clients)) && alltrue([for rule in aws_vpc_security_group_ingress_rule.nfs : rule.from_port == 2049 && rule.to_port == 2049])
    error_message = "Others than the nodes and pods reach the file system, or more than its port."
  }
  assert {
    condition     = alltrue([for target in aws_efs_mount_target.this : target.security_groups == toset([aws_security_group.this.id])])
    error_message = "Where the file system is mounted, others say who reaches it: its group is missing, or another is there."
  }
}

run "All_addresses_are_refused" {
  command = plan
  variables {
    clients = { a = "0.0.0.0/0" }
  }
  expect_failures = [var.clients]
}

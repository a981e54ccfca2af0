mock_provider "aws" {}

variables {
  name    = "sportbuff-test"
  vpc_id  = "vpc-1"
  subnets = { a = "subnet-a", b = "subnet-b", c = "subnet-c" }
  clients = { a = "10.20.0.0/19", b = "10.20.32.0/19", c = "10.20.64.0/19" }
  key_arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111"
  server  = { version = "7.1", node_type = "cache.m7g.large", shards = 3 }
}

run "Its_memory_and_its_connections_are_encrypted" {
  assert {
    condition     = aws_elasticache_replication_group.this.at_rest_encryption_enabled && aws_elasticache_replication_group.this.kms_key_id == var.key_arn
    error_message = "What it writes is not encrypted with the key it was given."
  }
  assert {
    condition     = aws_elasticache_replication_group.this.transit_encryption_enabled && aws_elasticache_replication_group.this.transit_encryption_mode == "required"
    error_message = "It lets clients in that do not speak TLS."
  }
}

run "Nobody_but_nodes_and_pods_reaches_it" {
  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.redis : rule.cidr_ipv4]) == toset(values(var.clients)) && alltrue([for rule in aws_vpc_security_group_ingress_rule.redis : rule.from_port == 6379 && rule.to_port == 6379])
    error_message = "Others than the nodes and pods reach it, or more than its port."
  }
}

run "Where_memory_is_short_the_oldest_goes_and_nothing_is_refused" {
  assert {
    condition     = one([for setting in aws_elasticache_parameter_group.this.parameter : setting.value if setting.name == "maxmemory-policy"]) == "allkeys-lru" && aws_elasticache_replication_group.this.parameter_group_name == aws_elasticache_parameter_group.this.name
    error_message = "The cache refuses what is written where its memory is short: maxmemory-policy is not allkeys-lru."
  }
}

run "It_survives_a_zone_and_leaves_a_snapshot" {
  assert {
    condition     = aws_elasticache_replication_group.this.multi_az_enabled && aws_elasticache_replication_group.this.automatic_failover_enabled && aws_elasticache_replication_group.this.replicas_per_node_group == 1
    error_message = "A zone that is lost takes a shard with it."
  }
  assert {
    condition     = aws_elasticache_replication_group.this.final_snapshot_identifier == "sportbuff-test-last" && aws_elasticache_replication_group.this.snapshot_retention_limit >= 1
    error_message = "It leaves nothing behind."
  }
}

run "No_password_is_kept_in_the_state" {
  assert {
    condition     = aws_elasticache_replication_group.this.auth_token == null || aws_elasticache_replication_group.this.auth_token == ""
    error_message = "The password is written by an argument that the state keeps."
  }
}

run "Fewer_than_three_shards_are_refused" {
  command = plan
  variables {
    server = { version = "7.1", node_type = "cache.m7g.large", shards = 2 }
  }
  expect_failures = [var.server]
}

# A Redis cluster as a service: each shard in two zones. It holds a cache: its snapshots are for whoever looks for a cause, nothing is restored from them.
resource "aws_elasticache_subnet_group" "this" {
  name       = var.name
  subnet_ids = values(var.subnets)
}

resource "aws_security_group" "this" {
  name        = "${var.name}-redis"
  description = "Who reaches the cache ${var.name}."
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "redis" {
  for_each = var.clients

  security_group_id = aws_security_group.this.id
  description       = "Redis from the nodes and pods of ${each.key}."
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 6379
  to_port           = 6379
}

# Each key expires after 10 s; where memory is short, what was used least goes first, as config/redis has it.
resource "aws_elasticache_parameter_group" "this" {
  name        = var.name
  family      = "redis${split(".", var.server.version)[0]}"
  description = "Settings of ${var.name}."

  parameter {
    name  = "cluster-enabled"
    value = "yes"
  }
  parameter {
    name  = "maxmemory-policy"
    value = "allkeys-lru"
  }
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = var.name
  description          = "The cache of ${var.name}."
  engine               = "redis"
  engine_version       = var.server.version
  node_type            = var.server.node_type
  port                 = 6379
  parameter_group_name = aws_elasticache_parameter_group.this.name

  num_node_groups            = var.server.shards
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  multi_az_enabled           = true

  at_rest_encryption_enabled = true
  kms_key_id                 = var.key_arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  snapshot_retention_limit   = 1
  final_snapshot_identifier  = var.protected ? "${var.name}-last" : null
  auto_minor_version_upgrade = false

  # Its password is set by a command (docs/infrastructure.md): the provider has no argument for it that the state does not keep.
  lifecycle {
    ignore_changes = [auth_token, auth_token_update_strategy]
  }
}

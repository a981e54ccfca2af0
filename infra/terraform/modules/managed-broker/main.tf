# ActiveMQ Classic as a service: a pair in two zones on one store, of which one serves. Amazon MQ has no Artemis.
resource "aws_security_group" "this" {
  name        = "${var.name}-broker"
  description = "Who reaches the broker ${var.name}."
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "stomp" {
  for_each = var.clients

  security_group_id = aws_security_group.this.id
  description       = "STOMP over TLS from the nodes and pods of ${each.key}."
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 61614
  to_port           = 61614
}

resource "aws_mq_broker" "this" {
  broker_name        = var.name
  engine_type        = "ActiveMQ"
  engine_version     = var.server.version
  host_instance_type = var.server.instance_type
  deployment_mode    = "ACTIVE_STANDBY_MULTI_AZ"
  storage_type       = "efs"

  subnet_ids          = slice([for zone in sort(keys(var.subnets)) : var.subnets[zone]], 0, 2)
  security_groups     = [aws_security_group.this.id]
  publicly_accessible = false

  encryption_options {
    kms_key_id        = var.key_arn
    use_aws_owned_key = false
  }

  logs {
    general = true
    audit   = true
  }

  auto_minor_version_upgrade = true

  # At random, and in the state, as the provider has no argument that the state does not keep: it is changed by a command before anything connects (docs/infrastructure.md).
  user {
    username = "sportbuff"
    password = replace(uuid(), "-", "")
  }

  lifecycle {
    ignore_changes = [user]
  }
}

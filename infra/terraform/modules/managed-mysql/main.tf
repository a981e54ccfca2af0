# MySQL as a service: one in each of two zones, of which one serves. Its log can be replayed to any moment of the last days.
resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = values(var.subnets)
}

resource "aws_security_group" "this" {
  name        = "${var.name}-mysql"
  description = "Who reaches the database ${var.name}."
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "mysql" {
  for_each = var.clients

  security_group_id = aws_security_group.this.id
  description       = "MySQL from the nodes and pods of ${each.key}."
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 3306
  to_port           = 3306
}

# What the platform's promises rest on (safe-settings.yaml), as far as the service lets it be said; and nobody speaks to it in clear.
resource "aws_db_parameter_group" "this" {
  name        = var.name
  family      = "mysql${var.server.version}"
  description = "Settings of ${var.name}."

  dynamic "parameter" {
    for_each = local.settings
    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = "pending-reboot"
    }
  }
}

locals {
  settings = {
    require_secure_transport       = "1"
    innodb_flush_log_at_trx_commit = "1"
    sync_binlog                    = "1"
    character_set_server           = "utf8mb4"
    binlog_format                  = "ROW"
  }
}

resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = "mysql"
  engine_version = var.server.version
  instance_class = var.server.instance_class
  multi_az       = true

  storage_type          = "gp3"
  allocated_storage     = var.server.disk_gib
  max_allocated_storage = var.server.disk_max_gib
  storage_encrypted     = true
  kms_key_id            = var.key_arn

  # The first account makes the others: the services have one of their own, which may not change tables (charts/schema).
  db_name              = "sportbuff"
  username             = "administrator"
  password_wo          = var.password
  password_wo_version  = var.rotation
  parameter_group_name = aws_db_parameter_group.this.name

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false

  backup_retention_period   = var.backup_days
  copy_tags_to_snapshot     = true
  delete_automated_backups  = !var.protected
  deletion_protection       = var.protected
  skip_final_snapshot       = !var.protected
  final_snapshot_identifier = var.protected ? "${var.name}-last" : null

  auto_minor_version_upgrade      = false
  enabled_cloudwatch_logs_exports = ["error", "slowquery"]
}

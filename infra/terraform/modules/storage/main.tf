# The store that the pair of brokers shares: both see it from whichever zone they are in, and its locks say which of them is active.
# It is not backed up: what lies in it is under way, and an old one would send again what has been stored long since.
resource "aws_efs_file_system" "this" {
  creation_token   = var.name
  encrypted        = true
  kms_key_id       = var.key_arn
  performance_mode = "generalPurpose"
  throughput_mode  = "elastic"
  tags             = { Name = var.name }
}

resource "aws_security_group" "this" {
  name        = "${var.name}-files"
  description = "Who reaches the file system ${var.name}."
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "nfs" {
  for_each = var.clients

  security_group_id = aws_security_group.this.id
  description       = "NFS from the nodes and pods of ${each.key}."
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 2049
  to_port           = 2049
}

resource "aws_efs_mount_target" "this" {
  for_each = var.subnets

  file_system_id  = aws_efs_file_system.this.id
  subnet_id       = each.value
  security_groups = [aws_security_group.this.id]
}

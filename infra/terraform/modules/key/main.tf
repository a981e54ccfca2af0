data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

resource "aws_kms_key" "this" {
  description             = var.purpose
  enable_key_rotation     = true
  deletion_window_in_days = var.protected ? 30 : 7
  policy                  = jsonencode({ Version = "2012-10-17", Statement = concat(local.administration, local.services, local.roles, local.loans) })
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this.key_id
}

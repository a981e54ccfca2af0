locals {
  written = { for secret, keys in var.secrets : secret => jsonencode({ for key in keys : key => var.passwords["${secret}/${key}"] }) }
}

module "key" {
  source    = "../key"
  name      = "${var.name}/secrets"
  purpose   = "Secrets of ${var.name}."
  protected = var.protected
}

resource "aws_secretsmanager_secret" "this" {
  for_each = var.secrets

  name                    = "${var.name}/${each.key}"
  description             = "Passwords: ${join(", ", each.value)}."
  kms_key_id              = module.key.arn
  recovery_window_in_days = var.protected ? 30 : 0
}

resource "aws_secretsmanager_secret_version" "this" {
  for_each = var.secrets

  secret_id = aws_secretsmanager_secret.this[each.key].id

  # Written only where the number is another than at the last apply.
  secret_string_wo         = local.written[each.key]
  secret_string_wo_version = lookup(var.rotation, each.key, 1)
}

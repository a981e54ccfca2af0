locals {
  name = "sportbuff-${var.environment}"

  # What the charts' existing secrets are made of; a key holds one password.
  secrets = {
    mysql  = ["mysql-root-password", "mysql-replication-password", "mysql-password"]
    redis  = ["redis-password"]
    broker = ["broker-password", "broker-cluster-password"]
  }
}

module "backup" {
  source    = "../backup"
  providers = { aws = aws, aws.replica = aws.replica }
  name      = local.name
  retention = var.retention
  protected = var.protected
}

module "password" {
  source   = "../password"
  for_each = toset(flatten([for secret, keys in local.secrets : [for key in keys : "${secret}/${key}"]]))
}

module "secrets" {
  source    = "../secrets"
  name      = "sportbuff/${var.environment}"
  secrets   = local.secrets
  passwords = { for name, made in module.password : name => made.value }
  rotation  = var.rotation
  protected = var.protected
}

module "registry" {
  source    = "../registry"
  name      = local.name
  protected = var.protected
}

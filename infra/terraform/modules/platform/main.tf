locals {
  name = "sportbuff-${var.environment}"

  # Both APIs are reached by one name within the domain.
  host = "api"

  # What the charts' existing secrets are made of; a key holds one password.
  secrets = {
    mysql  = ["mysql-root-password", "mysql-replication-password", "mysql-schema-password", "mysql-password"]
    redis  = ["redis-password"]
    broker = ["broker-password", "broker-cluster-password"]
  }
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

module "key" {
  source    = "../key"
  name      = "${local.name}/cluster"
  purpose   = "Secrets, logs, disks and files of the cluster ${local.name}."
  services  = ["logs.${var.region}.amazonaws.com"]
  protected = var.protected

  # What starts nodes must be able to read their disks. The account has this role from its first scaled group on.
  users = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"]
}

module "network" {
  source       = "../network"
  name         = local.name
  cidr         = var.cidr
  zones        = [for letter in ["a", "b", "c"] : "${var.region}${letter}"]
  nat_per_zone = var.nat_per_zone
  key_arn      = module.key.arn
}

module "cluster" {
  source     = "../cluster"
  name       = local.name
  kubernetes = var.kubernetes
  subnets    = module.network.private_subnets
  nodes      = var.nodes
  key_arn    = module.key.arn
  addons     = var.addons
}

module "storage" {
  source  = "../storage"
  name    = "${local.name}-broker"
  vpc_id  = module.network.vpc_id
  subnets = module.network.private_subnets
  clients = module.network.private_cidrs
  key_arn = module.key.arn
}

module "dns" {
  source   = "../dns"
  domain   = var.domain
  services = [local.host]
  # cert-manager has the gateway's certificate from there.
  issuers   = ["letsencrypt.org"]
  protected = var.protected
}

module "backup" {
  source    = "../backup"
  providers = { aws = aws, aws.replica = aws.replica }
  name      = local.name
  retention = var.retention
  protected = var.protected
}

module "objects_key" {
  source    = "../key"
  name      = "${local.name}/objects"
  purpose   = "What Velero keeps of the objects of ${local.name}."
  protected = var.protected
}

# Velero removes what has expired; a version outlives that as long as it is locked.
module "objects" {
  source  = "../bucket"
  name    = "${local.name}-objects-${data.aws_caller_identity.current.account_id}"
  key_arn = module.objects_key.arn
  lock = {
    mode = var.protected ? "COMPLIANCE" : "GOVERNANCE"
    days = var.retention.lock_days
  }
  lifecycle_days = { noncurrent = var.retention.lock_days }
  protected      = var.protected
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

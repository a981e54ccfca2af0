# The data stores of an environment as services of the cloud, in a network of their own: an example, and what environments/managed of Helmfile has as addresses.
locals {
  name    = "sportbuff-managed"
  region  = "eu-central-1"
  subnets = module.network.private_subnets
  clients = module.network.private_cidrs

  # Of the server's first account, of what makes tables, and of the services.
  mysql = ["mysql-root-password", "mysql-schema-password", "mysql-password"]
}

module "key" {
  source    = "../../modules/key"
  name      = "${local.name}/stores"
  purpose   = "Data stores and logs of ${local.name}."
  services  = ["logs.${local.region}.amazonaws.com"]
  protected = var.protected
}

module "network" {
  source       = "../../modules/network"
  name         = local.name
  cidr         = "10.30.0.0/16"
  zones        = [for letter in ["a", "b", "c"] : "${local.region}${letter}"]
  nat_per_zone = false
  key_arn      = module.key.arn
}

module "password" {
  source   = "../../modules/password"
  for_each = toset(local.mysql)
}

module "mysql" {
  source    = "../../modules/managed-mysql"
  name      = local.name
  vpc_id    = module.network.vpc_id
  subnets   = local.subnets
  clients   = local.clients
  key_arn   = module.key.arn
  server    = { version = "8.4", instance_class = "db.m7g.large", disk_gib = 100, disk_max_gib = 500 }
  password  = module.password["mysql-root-password"].value
  protected = var.protected
}

module "redis" {
  source    = "../../modules/managed-redis"
  name      = local.name
  vpc_id    = module.network.vpc_id
  subnets   = local.subnets
  clients   = local.clients
  key_arn   = module.key.arn
  server    = { version = "7.1", node_type = "cache.m7g.large", shards = 3 }
  protected = var.protected
}

module "broker" {
  source  = "../../modules/managed-broker"
  name    = local.name
  vpc_id  = module.network.vpc_id
  subnets = local.subnets
  clients = local.clients
  key_arn = module.key.arn
  server  = { version = "5.18", instance_type = "mq.m5.large" }
}

# The passwords of the database for the pods, the first account's the very one that it was given: both are written of one ephemeral value, in one apply. The others are given to their
# accounts by the release schema.
module "secrets" {
  source    = "../../modules/secrets"
  name      = "sportbuff/managed"
  secrets   = { mysql = local.mysql }
  passwords = { for name, made in module.password : "mysql/${name}" => made.value }
  protected = var.protected
}

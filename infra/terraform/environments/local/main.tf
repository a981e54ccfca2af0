# What the environment local of Helmfile fetches while it stands on a throwaway cluster, made as staging and production have it made: by the same modules, in a simulator.
module "password" {
  source = "../../modules/password"
}

module "secrets" {
  source    = "../../modules/secrets"
  name      = "sportbuff/local"
  secrets   = { mysql = ["mysql-password"] }
  passwords = { "mysql/mysql-password" = module.password.value }
  protected = var.protected
}

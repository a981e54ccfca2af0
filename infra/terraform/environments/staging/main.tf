module "platform" {
  source    = "../../modules/platform"
  providers = { aws = aws, aws.replica = aws.replica }

  environment = "staging"
  protected   = var.protected
  addons      = var.addons

  region       = "eu-central-1"
  cidr         = "10.20.0.0/16"
  nat_per_zone = false
  kubernetes   = "1.34"
  nodes        = { instance_types = ["m7i.large", "m6i.large"], min = 3, desired = 3, max = 6, disk_gib = 100 }
  domain       = "staging.sportbuff.example"

  retention = { lock_days = 8, cold_days = 30 }
}
